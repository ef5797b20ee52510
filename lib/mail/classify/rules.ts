import { normaliseAddress } from '#lib/mail/address.ts';
import type { ClassifyOptions, MailClass } from '#lib/mail/classify/classify.ts';
import { isFormMail } from '#lib/mail/classify/form.ts';
import { isThanks } from '#lib/mail/classify/thanks.ts';
import { parseBounce } from '#lib/mail/dsn.ts';
import { headerOf, headersOf } from '#lib/mail/headers/block.ts';
import { parseParams } from '#lib/mail/headers/params.ts';
import type { ParsedMail } from '#lib/mail/parse.ts';

/** A mail with what several rules ask. Header values in lower case, '' if missing. */
export type Evidence = {
  mail: ParsedMail;
  options: ClassifyOptions;
  own: ReadonlySet<string>;
  sender: string;
  header: (name: string) => string;
};

type Rule = { name: string; class: MailClass; matches: (e: Evidence) => boolean };

const ROBOT = /^(mailer-?daemon|mail-daemon|postmaster)(@|$)/;
const NO_REPLY =
  /^(no|do-?not|donot|dont)[-_.]?reply|^(noreply|donotreply|auto-?(mail|send|reply|confirm)|notification|notify|jidou|sousin|system)[-_.\d]*@|-no-?reply@/;
const AUTO_SUBJECT =
  /^(?:re:\s*)?(?:\[?自動(?:返信|応答|送信)|【?自動(?:返信|応答)|不在(?:の|通知|連絡|のお知らせ)|out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?(?:reply|response)|autoreply|vacation|休暇中)/i;
const RECEIPT_SUBJECT = /^(開封(済み|確認|通知)|既読|read:|read receipt|return receipt|disposition notification)/i;

/** The table of architecture.md and japanese-mail.md, in order; the first match decides. */
export const RULES: readonly Rule[] = [
  { name: 'own-id', class: 'own', matches: (e) => e.header('x-madoguchi-id') !== '' && e.own.has(e.sender) },
  {
    name: 'delivery-report',
    class: 'bounce',
    matches: (e) => reportType(e) === 'delivery-status' && parseBounce(e.mail) !== null,
  },
  { name: 'read-receipt', class: 'receipt', matches: (e) => reportType(e) === 'disposition-notification' },
  {
    name: 'read-receipt-subject',
    class: 'receipt',
    matches: (e) => RECEIPT_SUBJECT.test(e.mail.subject) && reportType(e) !== null,
  },
  { name: 'delivery-delay', class: 'auto', matches: (e) => reportType(e) === 'delivery-status' },
  { name: 'plain-bounce', class: 'bounce', matches: (e) => parseBounce(e.mail) !== null },
  {
    name: 'form-sender',
    class: 'form',
    matches: (e) => isFormMail(e.mail, e.options, e.sender, NO_REPLY.test(e.sender)),
  },
  { name: 'own-address', class: 'own', matches: (e) => e.own.has(e.sender) },
  { name: 'auto-replied', class: 'auto', matches: (e) => /^auto-(replied|notified)/.test(e.header('auto-submitted')) },
  { name: 'auto-reply-header', class: 'auto', matches: hasAutoReplyHeader },
  { name: 'auto-reply-precedence', class: 'auto', matches: (e) => /^auto[_-]?reply/.test(e.header('precedence')) },
  { name: 'auto-reply-subject', class: 'auto', matches: (e) => AUTO_SUBJECT.test(e.mail.subject) },
  { name: 'list-header', class: 'list', matches: (e) => isList(e) && !isOwnList(e) },
  {
    name: 'list-unsubscribe',
    class: 'list',
    matches: (e) => e.header('list-unsubscribe') !== '' && isRobotSender(e) && !isOwnList(e),
  },
  { name: 'mail-system', class: 'notice', matches: (e) => ROBOT.test(e.sender) },
  { name: 'auto-generated', class: 'notice', matches: (e) => /^auto-/.test(e.header('auto-submitted')) },
  { name: 'no-reply-sender', class: 'notice', matches: (e) => NO_REPLY.test(e.sender) },
  { name: 'null-return-path', class: 'auto', matches: (e) => e.header('return-path') === '<>' },
  {
    name: 'auto-response-suppress',
    class: 'notice',
    matches: (e) => /\b(all|autoreply|oof)\b/.test(e.header('x-auto-response-suppress')),
  },
  { name: 'thanks', class: 'thanks', matches: (e) => isThanks(e.mail) },
];

export function toEvidence(mail: ParsedMail, options: ClassifyOptions): Evidence {
  return {
    mail,
    options,
    own: new Set(options.ownAddresses.map(normaliseAddress)),
    sender: normaliseAddress(mail.from?.address ?? ''),
    header: (name) => (headerOf(mail.headers, name) ?? '').trim().toLowerCase(),
  };
}

/** The report-type of a multipart/report (RFC 6522), or null if the mail isn't one. */
function reportType(e: Evidence): string | null {
  const type = parseParams(headerOf(e.mail.headers, 'content-type') ?? '');
  if (type.value !== 'multipart/report') return null;
  return (
    type.params['report-type']?.toLowerCase() ??
    (e.mail.attachments.some((a) => a.contentType === 'message/delivery-status') ? 'delivery-status' : '')
  );
}

function hasAutoReplyHeader(e: Evidence): boolean {
  if (
    ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply-from', 'x-mail-autoreply'].some(
      (n) => e.header(n) !== '',
    )
  )
    return e.header('x-autoreply') !== 'no';
  return e.header('x-auto-response-suppress') !== '' && AUTO_SUBJECT.test(e.mail.subject);
}

function isList(e: Evidence): boolean {
  if (
    e.header('list-id') !== '' ||
    e.header('list-post') !== '' ||
    e.header('mailing-list') !== '' ||
    e.header('x-ml-name') !== ''
  )
    return true;
  return /^(list|bulk|junk)\b/.test(e.header('precedence'));
}

/** A team whose shared address is itself a list (Google Groups) gets every customer's mail with that list's headers. */
function isOwnList(e: Evidence): boolean {
  const marks = ['list-id', 'list-post', 'mailing-list', 'x-ml-name']
    .flatMap((name) => headersOf(e.mail.headers, name))
    .join(' ')
    .toLowerCase();
  return [...e.own].some(
    (address) => address !== '' && (marks.includes(address) || marks.includes(`<${address.replace('@', '.')}>`)),
  );
}

function isRobotSender(e: Evidence): boolean {
  return (
    NO_REPLY.test(e.sender) ||
    /^(news|newsletter|info-?mail|mailmag|magazine|mag|campaign|promo)[^@]*@/.test(e.sender) ||
    e.header('list-unsubscribe-post') !== ''
  );
}
