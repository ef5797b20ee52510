import { headerOf } from '#lib/mail/headers/block.ts';
import type { ParsedMail } from '#lib/mail/parse.ts';

/** Local parts by which mail systems report. */
export const DAEMON =
  /^(mailer-?daemon|mail-?daemon|mailerdaemon|mdaemon|post-?master|post_office|postoffice|mailadmin|mail-admin|mmdf|bounce-?(admin|report|notification)?|no-?reply-?bounces?|undeliverable|returnedmail|smtp-?gateway)([-+.][^@]*)?(@|$)/i;
const DAEMON_NAME =
  /mailer[- ]?daemon|mail (delivery|system)|delivery (sub)?system|post-?master|microsoft (outlook|exchange)|配信(システム|サブシステム)|メール(配信|管理)システム/i;

/** Whether a mail system wrote it: its name or address, the null return path, or a header that only such systems add. */
export function isFromMailSystem(mail: ParsedMail): boolean {
  const address = mail.from?.address ?? '';
  if (DAEMON.test(address) || DAEMON_NAME.test(mail.from?.name ?? '')) return true;
  if (mail.from === null && headerOf(mail.headers, 'from') !== null) return true;
  const returnPath = (headerOf(mail.headers, 'return-path') ?? '').trim().toLowerCase();
  if (returnPath === '<>' || /^<?mailer-daemon/.test(returnPath)) return true;
  return (
    headerOf(mail.headers, 'x-failed-recipients') !== null ||
    headerOf(mail.headers, 'x-ms-exchange-message-is-ndr') !== null
  );
}
