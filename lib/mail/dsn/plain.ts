import type { RawFailure } from '#lib/mail/dsn/failure.ts';
import { expandedFrom, noticeOf, openingAt, paragraphsOf, recipientsNamed } from '#lib/mail/dsn/notice.ts';
import { DAEMON, isFromMailSystem } from '#lib/mail/dsn/sender.ts';
import { headerOf } from '#lib/mail/headers/block.ts';
import type { ParsedMail } from '#lib/mail/parse.ts';

const SUBJECT =
  /undeliver|delivery (status notification|report|failure|failed|has failed|problem|error)|failed delivery|returned (mail|to sender)|mail (delivery (failed|failure|system|error)|system error|could not)|failure notice|error sending message|non-?delivery|message not delivered|could ?n.t be delivered|配信(不能|できません|エラー|失敗|不可)|配送(不能|エラー|失敗)|送信(エラー|できません|失敗)|(メール|mail)(エラー|不達|返送)|不達|未配信|宛先不明/i;
const DELAY =
  /not yet been delivered|has been delayed|delivery (to the following recipient )?(has been|is|was) delayed|warning message only|do not need to re-?send|(?<!further )delivery attempts will (continue|be made)|will still be (tried|retried)|will (continue|keep) (to )?(be )?(try|retr|attempt)|could not send message for past|まだ配信(されて|でき)|引き続き.{0,20}(配信|再送|試み)|再送する必要はありません/i;
const DELAY_SUBJECT =
  /^(warning\b|delayed\b|delivery (is )?delay|delivery status notification \(delay|delayed mail|配信の?遅延|【?遅延)/i;
const AUTO_SUBJECT = /^(?:auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|自動(?:返信|応答)|不在)/i;

/** Whether a mail system says by words that it is still trying: no failure yet. */
export function isPlainDelay(mail: ParsedMail): boolean {
  if (!isFromMailSystem(mail)) return false;
  return DELAY_SUBJECT.test(mail.subject) || DELAY.test(noticeOf(mail).slice(0, 3000));
}

/** Reads a bounce written as plain text. Needs a mail system as sender (or X-Failed-Recipients) and words of failure. */
export function readPlainBounce(mail: ParsedMail): RawFailure[] | null {
  if (!isFromMailSystem(mail) || !announcesFailure(mail) || isPlainDelay(mail)) return null;
  const notice = noticeOf(mail);
  const recipients = recipientsNamed(mail, notice);
  const toFailure = (recipient: string | null): RawFailure => {
    const own = paragraphsOf(notice, recipient);
    // What stands elsewhere may be said of the others.
    const context = own !== '' && recipients.length > 1 ? own : notice;
    return { recipient, also: expandedFrom(own), status: null, diagnostic: own, context };
  };
  return recipients.length > 0 ? recipients.map(toFailure) : [toFailure(null)];
}

function announcesFailure(mail: ParsedMail): boolean {
  if (headerOf(mail.headers, 'x-failed-recipients') !== null) return true;
  if (/^\s*re\s*[:：]/i.test(mail.subject) || AUTO_SUBJECT.test(mail.subject)) return false;
  // An out-of-office note leaves with the null return path as well.
  const automatic = /^auto-/i.test(headerOf(mail.headers, 'auto-submitted') ?? '');
  const daemon = DAEMON.test(mail.from?.address ?? '') || mail.from === null || mail.from.address === '';
  if (automatic && !daemon && !SUBJECT.test(mail.subject)) return false;
  return SUBJECT.test(mail.subject) || openingAt(mail.text.slice(0, 20_000)) !== null;
}
