import { setTimeout as sleep } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import type { Servers } from '#lib/accounts/servers.ts';
import { newTestId } from '#lib/accounts/test-id.ts';
import { composeMail } from '#lib/mail/compose.ts';
import { failureOf } from '#lib/mail/connection-test.ts';
import { closeImap, connectImap, openFolder } from '#lib/mail/imap/index.ts';
import { submitMail } from '#lib/mail/smtp/submit.ts';
import { lookupAllowedHost } from '#lib/net/index.ts';

/** How long the test mail may take to come back, and how often is looked, milliseconds. */
const PATIENCE_MS = 60_000;
const LOOK_MS = 2000;

export type Loop = {
  tenantId: string;
  /** The folder for unwanted mail, where a test mail often ends. */
  junk: string | null;
  signal?: AbortSignal;
  /** The SMTP server has taken it. */
  sent: () => void;
  patienceMs?: number;
};
/** `code` null: it came back; facts.junk says that it lay among unwanted mail. */
export type LoopResult = {
  at: 'mail.sent' | 'mail.back';
  code: string | null;
  words: string | null;
  facts: Record<string, string | number>;
};

/** Sends a mail from the account to itself and waits until it lies in its mailbox. */
export async function sendToItself(servers: Servers, loop: Loop): Promise<LoopResult> {
  const messageId = newTestId(loop.tenantId, domainOf(servers.address));
  const from = { name: '窓口', address: servers.address };
  const raw = await composeMail({
    ...{ messageId, from, to: [{ ...from, name: '' }], date: new Date(), auto: 'generated' },
    subject: '【窓口】接続テスト / connection test',
    text: '窓口の設定画面から送った接続テストのメールです。案件にはなりません。削除してかまいません。\n\nThis is a connection test from the settings of Madoguchi. It may be deleted.\n',
  });
  const smtp = await lookupAllowedHost(servers.smtp.host);
  if (!smtp.ok) return failed('mail.sent', 'hostNotFound', '');
  const settings = { ...servers.smtp, host: smtp.address, tls: { servername: servers.smtp.host } };
  const envelope = { from: servers.address, recipients: [servers.address] };
  const answer = await submitMail(settings, envelope, raw, { onDataStarted: async () => {}, timeoutMs: 30_000 });
  if (answer.kind !== 'sent')
    return failed('mail.sent', answer.kind === 'refused' ? 'mailRefused' : 'connectionLost', answer.words);
  loop.sent();
  return await waitFor(servers, messageId, loop);
}

async function waitFor(servers: Servers, messageId: string, loop: Loop): Promise<LoopResult> {
  const host = await lookupAllowedHost(servers.imap.host);
  if (!host.ok) return failed('mail.back', 'hostNotFound', '');
  let client: ImapFlow | null = null;
  try {
    client = await connectImap({ ...servers.imap, host: host.address, tls: { servername: servers.imap.host } });
    const began = Date.now();
    while (Date.now() - began < (loop.patienceMs ?? PATIENCE_MS)) {
      if (loop.signal?.aborted) return failed('mail.back', 'stopped', '');
      for (const folder of ['INBOX', loop.junk]) {
        if (folder !== null && (await lies(client, folder, messageId)))
          return { at: 'mail.back', code: null, words: null, facts: { junk: folder === 'INBOX' ? '' : folder } };
      }
      await sleep(LOOK_MS, undefined, { signal: loop.signal }).catch(() => {});
    }
    return failed('mail.back', 'mailNotBack', '');
  } catch (error) {
    return failed('mail.back', 'connectionLost', failureOf(error, 'folders').words);
  } finally {
    if (client) await closeImap(client);
  }
}

// By the second header, too: Amazon SES overwrites Message-ID. Opened anew each time: what has come since is seen then.
async function lies(client: ImapFlow, folder: string, messageId: string): Promise<boolean> {
  // A folder for unwanted mail that can't be opened isn't looked into; INBOX must be there.
  if (folder !== 'INBOX' && !(await openFolder(client, folder).catch(() => null))) return false;
  if (folder === 'INBOX') await openFolder(client, folder);
  for (const name of ['message-id', 'x-madoguchi-id']) {
    const found = await client.search({ header: { [name]: messageId } }, { uid: true });
    if (found && found.length > 0) return true;
  }
  return false;
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);
const failed = (at: LoopResult['at'], code: string, words: string): LoopResult => ({
  ...{ at, code, words: words || null, facts: {} },
});
