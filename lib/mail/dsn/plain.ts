import type { RawBounce } from '#lib/mail/dsn/report.ts';
import { headerOf } from '#lib/mail/headers/block.ts';
import type { ParsedMail } from '#lib/mail/parse.ts';

const ADDRESS =
  /[<＜]?\s*("[^"\s]{1,80}"@[\w.-]{3,200}|[\w.!#$%&'*+/=?^`{|}~-]{1,100}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})\s*[>＞]?/;
const DAEMON = /^(mailer-daemon|postmaster|mail-daemon|mdaemon|no-?reply-?bounce|mailerdaemon)(@|$)/i;
const SUBJECT =
  /undeliver|delivery (status notification|failure|failed|has failed)|returned mail|mail delivery (failed|failure|system)|failure notice|mail system error|配信(不能|できません|エラー)|配送(不能|エラー)|送信(エラー|できません)|メール(エラー|不達)/i;

/** The openings by which mail systems announce a failure; what follows, up to the returned copy, names address and cause. */
const OPENINGS = [
  /this is the qmail-send program/i,
  /this message was created automatically by mail delivery software/i,
  /this is the (mail system|postfix program) at host/i,
  /could not be delivered|couldn't be delivered|unable to deliver|undeliverable|delivery (has )?failed|was not delivered|wasn't delivered/i,
  /the following (addresses|recipients?|message)|the user\(s\) account is|your (mail|message) .{0,60}(not|error)/i,
  /次の(あて先|宛先|受信者)|以下の(あて先|宛先|アドレス)|(送信|配信|配送|お届け)(が)?でき(ません|なかった)|宛先(が)?(不明|見つかりません)/,
];

const COPY =
  /^(-{2,}\s*(below this line|this is a copy|original message|returned message|the header|以下)|-{6,}.*(headers?|message).*$|return-path:|received: )/im;

/** Reads a bounce written as plain text. Needs a mail system as sender (or X-Failed-Recipients) and words of failure. */
export function readPlainBounce(parsed: ParsedMail): RawBounce | null {
  const failed = headerOf(parsed.headers, 'x-failed-recipients');
  const sender = parsed.from?.address ?? '';
  const fromDaemon =
    DAEMON.test(sender) ||
    headerOf(parsed.headers, 'return-path')?.trim() === '<>' ||
    /mailer-daemon|mail delivery/i.test(parsed.from?.name ?? '');
  if (!failed && !fromDaemon) return null;
  if (parsed.attachments.some((a) => a.contentType === 'message/delivery-status')) return null;
  const autoReply =
    headerOf(parsed.headers, 'auto-submitted')?.toLowerCase().startsWith('auto-replied') && !DAEMON.test(sender);
  const opening = OPENINGS.map((pattern) => pattern.exec(parsed.text)?.index ?? -1).filter((at) => at >= 0);
  if (!failed && (autoReply || (opening.length === 0 && !SUBJECT.test(parsed.subject)))) return null;
  const copy = COPY.exec(parsed.text)?.index ?? parsed.text.length;
  const start = opening.length > 0 ? Math.min(...opening) : 0;
  const notice = parsed.text.slice(start < copy ? start : 0, copy).slice(0, 6000);
  const own = new Set([...parsed.to, ...parsed.cc].map((a) => a.address.toLowerCase()));
  const named = (failed ?? '').split(',').map((address) => address.trim());
  const found = recipientIn(notice, own);
  const recipients = failed ? named.filter((address) => address !== '') : found ? [found] : [];
  return { recipient: recipients[0] ?? found, recipients, status: null, diagnostic: notice };
}

/** The first address that isn't ours or the mail system's; addresses that begin a line or stand in brackets come first. */
function recipientIn(notice: string, own: ReadonlySet<string>): string | null {
  const candidates: { address: string; first: boolean }[] = [];
  for (const line of notice.split('\n').slice(0, 200)) {
    const match = ADDRESS.exec(line.slice(0, 500));
    const address = match?.[1];
    if (!address || own.has(address.toLowerCase()) || DAEMON.test(address)) continue;
    candidates.push({ address, first: /^\s*[<＜]?\s*$/.test(line.slice(0, match.index)) });
  }
  return (candidates.find((c) => c.first) ?? candidates[0])?.address ?? null;
}
