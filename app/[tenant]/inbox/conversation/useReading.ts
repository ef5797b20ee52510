import { useQuery } from '@tanstack/react-query';
import { fetchJson } from '#components/net/fetchJson.ts';
import type { RereadMail } from '#lib/conversations/mail-shapes.ts';
import type { MailItem } from '#lib/conversations/shapes.ts';
import type { CharsetChoice } from '#lib/mail/charset/choices.ts';
import { api } from '../queries/keys.ts';
import { useInbox } from '../state/InboxContext.tsx';

/** What a mail says in another charset; `item` is the mail as it is then to be shown. */
export type Reading = { item: MailItem; read: RereadMail | undefined; error: unknown };

/** Reads a mail again in the charset chosen; without one it stays as it is. Nothing is stored. */
export function useReading(item: MailItem, charset: CharsetChoice | null): Reading {
  const { slug } = useInbox();
  const { data, error } = useQuery({
    queryKey: [slug, 'reading', item.id, charset],
    queryFn: ({ signal }) =>
      fetchJson<RereadMail>(api(slug, `messages/${item.id}/reading?charset=${charset}`), { signal }),
    enabled: charset !== null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (charset === null || !data) return { item, read: undefined, error };
  const attachments = item.attachments.map((file) => ({ ...file, filename: data.filenames[file.id] ?? file.filename }));
  return { item: { ...item, text: data.text, quotedFrom: data.quotedFrom, attachments }, read: data, error: null };
}
