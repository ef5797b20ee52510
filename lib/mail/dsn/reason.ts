export type BounceReason =
  | 'userunknown'
  | 'mailboxfull'
  | 'filtered'
  | 'toobig'
  | 'rejected'
  | 'hostunknown'
  | 'expired'
  | 'other';

/** Statuses that say enough (RFC 3463, IANA's registry). docomo writes "Unknown user" for 5.2.0 too, which is its refusal list. */
const BY_STATUS: [RegExp, BounceReason][] = [
  [/^[45]\.1\.(1|6|10)$/, 'userunknown'],
  [/^[45]\.1\.2$/, 'hostunknown'],
  [/^[45]\.2\.0$/, 'filtered'],
  [/^[45]\.2\.1$/, 'userunknown'],
  [/^[45]\.2\.2$/, 'mailboxfull'],
  [/^[45]\.(2\.3|3\.4)$/, 'toobig'],
  [/^[45]\.4\.(4|3)$/, 'hostunknown'],
  [/^[45]\.4\.(1|2|7)$/, 'expired'],
  [/^[45]\.7\.\d+$/, 'rejected'],
];

/** Words that decide where the status is missing or general. The order matters: narrow before wide. */
const BY_WORDS: [RegExp, BounceReason][] = [
  [
    /mailbox (is )?full|over ?quota|quota exceeded|exceeded .{0,20}quota|insufficient (system )?storage|mailfolder is full|容量.{0,10}(超過|不足|いっぱい)|満杯/i,
    'mailboxfull',
  ],
  [
    /host (or domain name )?(unknown|not found)|unknown host|no such (host|domain)|name or service not known|nxdomain|domain .{0,40}(not found|does not exist)|ドメイン.{0,12}(見つか|存在し)/i,
    'hostunknown',
  ],
  [
    /message (size )?(is )?(too (large|big)|exceeds)|size limit|exceeds .{0,30}(size|limit)|サイズ.{0,12}(超|大き)/i,
    'toobig',
  ],
  [
    /user unknown|unknown user|no such (user|mailbox|recipient|address)|(user|recipient|mailbox|account|address).{0,40}(not (found|exist)|does ?n[o']t exist|unavailable|disabled)|invalid recipient|unknown (address|recipient|local)|doesn't have an? .{0,30}account|no mailbox here|宛先.{0,12}(不明|見つか|存在)|アドレス.{0,12}(存在し|見つか|不明)/i,
    'userunknown',
  ],
  [
    /filter|受信拒否|指定受信|refused by (the )?(user|recipient)|recipient (rejected|refused)|account filter/i,
    'filtered',
  ],
  [/spam|blocked|blacklist|policy|denied|dmarc|spf|dkim|not allowed|reject|prohibited|拒否/i, 'rejected'],
  [
    /timed? ?out|retry (time|timeout)|expired|too long|could not be delivered (for|within)|connection refused|temporar(y|ily)|queue/i,
    'expired',
  ],
];

/** Why a delivery failed, from its status code and the remote server's words. */
export function reasonOf(status: string | null, diagnostic: string): BounceReason {
  const byStatus = status ? BY_STATUS.find(([pattern]) => pattern.test(status))?.[1] : undefined;
  const text = diagnostic.slice(0, 4000);
  const byWords = BY_WORDS.find(([pattern]) => pattern.test(text))?.[1];
  // Exchange Online and gateways answer 5.4.1 and 5.7.1 for unknown people as well: their words are narrower.
  if (byStatus === 'expired' && status?.startsWith('5') && byWords && byWords !== 'expired') return byWords;
  return byStatus ?? byWords ?? 'other';
}

/** The first enhanced status code in a text (`5.1.1`), else one made from an SMTP code (`550`), else null. */
export function statusIn(text: string): string | null {
  const enhanced = /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/.exec(text.slice(0, 4000))?.[1];
  return enhanced ?? null;
}
