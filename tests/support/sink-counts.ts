import type { Sink, SinkMail } from '../../bin/support/servers.mjs';

/** The Message-ID a mail at the sink carries. */
export function messageIdOf({ raw }: Pick<SinkMail, 'raw'>): string {
  return /^message-id:\s*(<[^>]+>)/im.exec(raw.toString('latin1'))?.[1] ?? '';
}

/** How often each Message-ID arrived at the customers' mail server. */
export function messageIdsAt(sink: Sink): Map<string, number> {
  const times = new Map<string, number>();
  for (const mail of sink.mails()) times.set(messageIdOf(mail), (times.get(messageIdOf(mail)) ?? 0) + 1);
  return times;
}
