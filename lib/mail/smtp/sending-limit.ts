import type { SubmitResult } from '#lib/mail/smtp/result.ts';

/** A server that says "slower" means the account, not the mail; `seconds` is how long the account had better be quiet. */
export type SendingLimit = { seconds: number };

const DAILY =
  /daily (?:user )?(?:sending|message|recipient|mail|smtp|email)|(?:24|twenty-four)[- ]hours?|per day|day'?s? (?:sending )?limit|5\.4\.5|5\.1\.90/i;
const TOO_FAST =
  /too many (?:concurrent |simultaneous )?(?:connections?|sessions?|messages|mails?|e-?mails|requests|login|authentication failures)|rate ?limit|sending rate|throttl|too (?:fast|frequent)|(?:sending|message|connection|hourly|mail) (?:rate )?(?:limit|quota)|quota exceeded|exceeded the (?:limit|rate|maximum)/i;
/** Of one mail or one recipient, whatever they sound like (Gmail's 4.2.1, RFC 3463 X.5.3, full mailboxes). */
const OF_THE_MAIL = /too many recipients|4\.5\.3|receiving mail|mailbox|greylist|gr[ae]y-?list/i;

/**
 * Whether a refusal is the server's limit for the whole account: Gmail and Microsoft's daily sums (also where they come as
 * 5xx), SES's "454 Throttling failure", "421 too many connections", "450 4.7.0 too many". Null: it is about this mail.
 */
export function sendingLimit(result: SubmitResult): SendingLimit | null {
  if (result.kind !== 'refused') return null;
  if (OF_THE_MAIL.test(result.words)) return null;
  if (DAILY.test(result.words)) return { seconds: 3600 };
  if (TOO_FAST.test(result.words)) return { seconds: 60 };
  // 421 closes the service for everybody; a wrong password tried by each waiting mail locks the account.
  return result.code === 421 || result.phase === 'auth' ? { seconds: 60 } : null;
}
