import { normaliseAddress } from '#lib/mail/address.ts';
import { addressesIn } from '#lib/mail/dsn/address-in.ts';
import { DAEMON } from '#lib/mail/dsn/sender.ts';
import { headersOf } from '#lib/mail/headers/block.ts';
import type { ParsedMail } from '#lib/mail/parse.ts';

const LONGEST = 8000;
const MAX_LINES = 300;

/** Where the copy of the returned mail begins. sendmail's "Transcript of session" and the like belong to the notice. */
const COPY =
  /^[ \t]*(?:[-=_*]{2,}[ \t]*(?:below this line|this is a copy|(?:start of )?(?:original|returned|undelivered|your|unsent|the) (?:original )?(?:message|mail|header)|message headers?|forwarded|included is a copy|enclosed|the header|the body|header of|以下|元のメール|オリジナル|送信された)|original message headers?:|-{5,}[^\n]{0,60}(?:original|returned|message header|mail header|header information)|the (?:following is (?:a copy|the header)|first \d+ lines)|return-path:[ \t]|received:[ \t]|(?:以下は|元の)[^\n]{0,20}(?:メール|メッセージ)(?:の(?:内容|ヘッダ|コピー)|です))/im;

/** The openings by which mail systems announce a failure; what follows, up to the returned copy, names address and cause. */
const OPENINGS = [
  /this is the (qmail-send|postfix) program|this is the mail system at host|this is the mail delivery (agent|system)/i,
  /this message was created automatically by (the )?(mail|e-mail)|running the courier mail server|XMail bounce:/i,
  /(could|can|did|was|were|has|have|is|be|may)( not|n.t|not)( be| been| yet been)? (possible to )?(deliver|reach|sent|accept)|cannot be (delivered|sent)|unable to (deliver|send|be delivered)|undeliverable|undelivered|not delivered to|failed to deliver|delivery .{0,60}(failed|failure|error)|non-?delivery|failed permanently|address not found|message (blocked|not delivered)|error (occurred )?(while|sending)|message error report|delivery problems|fatal errors|did not receive|permanent error/i,
  /the following (addresses|recipients?|message|destination)|the user\(s\) account is|your (mail|message)\b.{0,80}(not|error|reject|fail|block)|each of the following recipients|unknown user: |user mailbox exceeds|invalid final delivery|failure (report|reasons?)/i,
  /(次|以下)の(あて先|宛先|受信者|アドレス|メール)|(送信|配信|配送|お届け|転送|受信)(する(こと)?)?(が|は)?(でき(ません|なかった|ず|ませんでした)|失敗|不能)|宛先(が)?(不明|見つかり|存在)|届(け|か)(られ)?ませんでした|(送信|配信|メール)エラー|アドレスが見つかりません|不達/,
];

/** The mail system's own words: from its opening to the returned copy, cut to what is worth reading. */
export function noticeOf({ text }: ParsedMail): string {
  const head = text.slice(0, 60_000);
  const opening = openingAt(head);
  const start = opening === null ? 0 : head.lastIndexOf('\n', opening) + 1;
  const copy = COPY.exec(head.slice(start))?.index;
  // A notice that begins with headers, or whose opening stands in the copy, is read from its beginning.
  const notice = head.slice(start, copy === undefined || copy === 0 ? undefined : start + copy);
  return notice.slice(0, LONGEST);
}

/** Offset of the first words that announce a failure, or null. */
export function openingAt(text: string): number | null {
  const found = OPENINGS.map((pattern) => pattern.exec(text)?.index ?? -1).filter((at) => at >= 0);
  return found.length > 0 ? Math.min(...found) : null;
}

/**
 * What a notice says of one recipient, where that is more than the address: the paragraph that names it, or, where it begins a
 * line, the lines from there to the next address.
 */
export function paragraphsOf(notice: string, recipient: string | null): string {
  if (!recipient) return '';
  const own = notice
    .split(/\n[ \t]*\n/)
    .filter((paragraph) => paragraph.toLowerCase().includes(recipient))
    .map((paragraph) => linesOf(paragraph, recipient));
  const text = own.join('\n');
  return text.length > own.length * (recipient.length + 20) ? text : '';
}

function linesOf(paragraph: string, recipient: string): string {
  const lines = paragraph.split('\n');
  const begins = lines.map((line) => (BEGINS.test(line.slice(0, 1000)) ? addressesIn(line)[0] : undefined));
  const start = begins.indexOf(recipient);
  if (start < 0) return paragraph;
  const next = begins.findIndex((address, i) => i > start && address !== undefined && address !== recipient);
  return lines.slice(start, next < 0 ? undefined : next).join('\n');
}

/** The address we wrote to, where the notice names another behind it: `(expanded from: <…>)`, `(generated from …)`. */
export function expandedFrom(paragraph: string): string[] {
  return paragraph.split('\n').flatMap((line) => {
    const at = line.search(/(expanded|generated) from/i);
    return at < 0 ? [] : addressesIn(line.slice(at)).slice(0, 1);
  });
}

/**
 * The recipients a notice names, normalised: the header that Exim and Google write, else addresses that begin a line, else
 * those behind words such as "Recipient:" or "Rcpt=[", else the first that isn't ours or the mail system's.
 */
export function recipientsNamed(mail: ParsedMail, notice: string): string[] {
  const header = headersOf(mail.headers, 'x-failed-recipients').flatMap((value) =>
    value.split(',').flatMap(addressesIn),
  );
  if (header.length > 0) return [...new Set(header)];
  const others = new Set(
    [...mail.to, ...mail.cc, ...(mail.from ? [mail.from] : [])].map((a) => normaliseAddress(a.address)),
  );
  const isOther = (address: string) => !others.has(address) && !DAEMON.test(address);
  const lines = notice.split('\n', MAX_LINES).map((line) => line.slice(0, 1000));
  const first = lines.filter((line) => BEGINS.test(line)).map((line) => addressesIn(line)[0]);
  const labelled = lines.filter((line) => LABEL.test(line)).map((line) => addressesIn(line).at(-1));
  const named = [first, labelled]
    .map((list) => list.filter((address) => address !== undefined).filter(isOther))
    .find((list) => list.length > 0);
  return [...new Set(named ?? lines.flatMap(addressesIn).filter(isOther).slice(0, 1))];
}

const BEGINS = /^[\s　・*●■•-]{0,40}[<＜"'「（(]{0,2}\s?["\w.!#$%&'*+/=?^`{|}~-]{1,100}@/;
const LABEL =
  /rcpt(?: to)?\s*[:=]|recipients?(?: address)?\s*[:：]|(?:delivered|delivery|deliver|sent|message) to:?\s|unknown user:|exceeds allowed size:|delivery userid:|(?:宛先|あて先|受信者|送信先|配信先|メールアドレス)[^\n]{0,10}[:：]/i;
