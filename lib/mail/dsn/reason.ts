export type BounceReason =
  | 'userunknown'
  | 'mailboxfull'
  | 'filtered'
  | 'suspended'
  | 'toobig'
  | 'rejected'
  | 'hostunknown'
  | 'expired'
  | 'other';

/** Statuses that say enough (RFC 3463, IANA's registry); where a server's words are narrower, `NARROWER` lets them decide. */
const BY_STATUS: readonly [RegExp, BounceReason][] = [
  [/^[45]\.1\.(0|1|3|4|6|10)$/, 'userunknown'],
  [/^[45]\.1\.2$/, 'hostunknown'],
  [/^[45]\.1\.(7|8)$/, 'rejected'],
  [/^[45]\.2\.0$/, 'filtered'],
  [/^[45]\.2\.1$/, 'suspended'],
  [/^[45]\.(2\.2|3\.1)$/, 'mailboxfull'],
  [/^[45]\.(2\.3|3\.4)$/, 'toobig'],
  [/^[45]\.4\.(3|4|310|312)$/, 'hostunknown'],
  [/^[45]\.4\.(1|2|5|7|8|300|316|317)$/, 'expired'],
  [/^[45]\.(6|7)\.\d+$/, 'rejected'],
];

/** Words that decide where the status is missing or general. The order matters: narrow before wide. */
const BY_WORDS: readonly [BounceReason, RegExp][] = [
  [
    'rejected',
    /sender.{0,40}(reject|domain|denied|not allowed)|mail from.{0,60}(domain|dns)|from address|\bhelo\b|ehlo/i,
  ],
  [
    'toobig',
    /\b(message|mail|e-?mail|size)\b.{0,60}\b(too (large|big)|exceed(s|ed|ing)?\b(?!.{0,30}(quota|mailbox|storage)).{0,40}\b(size|maximum|fixed|limit))|message too long|exceed(s|ed)? .{0,40}(message size|maximum message)|larger than (the )?.{0,30}(limit|allowed)|(message|mail) size (limit|exceed)|too big\b|QUOTA\.SIZE|サイズ.{0,12}(超|大き)|(メール|メッセージ|添付).{0,12}大きすぎ/i,
  ],
  [
    'mailboxfull',
    /over ?quota|quota.{0,30}(exceed|full|over|reach)|(allotted|storage|disk) (space|limit).{0,30}(exceed|full|over|reach|used)|exceed(s|ed|ing)?\b.{0,40}(quota|storage|allowed size|the local limit|disk)|(mailbox|mail ?box|mail ?folder|inbox|account|user|mbox).{0,30}\bfull\b|insufficient (system |disk )?(storage|space)|out of (storage|disk) ?space|not enough (storage|space|disk)|no space left|storage (is )?full|mailbox size limit|too many messages|(容量|受信(トレイ|箱)|メールボックス).{0,16}(超|不足|いっぱい|一杯|オーバー|満)|満杯/i,
  ],
  [
    'filtered',
    /(受信|指定)拒否|拒否設定|ドメイン指定|指定受信|(refused|blocked|rejected) by (the )?(user|recipient)(?!('s)? (mail|e-?mail|server|domain|system|host|gateway))|(user|recipient) has (refused|blocked|rejected)|(user|recipient|account)('s)? (own )?(mail )?filter|account (is )?protected by|only accepts? (mail|messages) from|does not accept (mail|messages) from (you|unknown)|(reception|receiving) (refus|restrict)|recipient('s)? (setting|preference)/i,
  ],
  [
    'suspended',
    /\b(account|mailbox|user|user\(s\) account|address|recipient)\b.{0,40}\b(disabled|suspended|inactive|deactivated|discontinued|terminated|not active|locked|frozen|(is|been|temporarily) (closed|limited))\b|account .{0,30}expired|(利用|使用|契約|アカウント).{0,10}(停止|休止|凍結)/i,
  ],
  [
    'hostunknown',
    /\bhost(name)?\b.{0,40}\b(unknown(?! (user|recipient|address|mailbox|local))|not found|lookup failed|does(n.t| not) exist)\b|unknown host|no such (host|domain)|name or service not known|nxdomain|(couldn.t|could not|cannot) find (any|a) (host|mail ?exchange)|\bdomain\b.{0,80}(not found|couldn.t be found|does(n.t| not) exist|doesnt exist|no mail exchangers|has no (mx|mail)|null mx|invalid|unrecognized)|null mx|unroute?able (mail )?(domain|address)|all relevant MX records point to non-existent|bad destination (host|system)|ドメイン.{0,12}(見つか|存在し|不明|あり)|ホスト.{0,12}(見つか|存在し|不明)/i,
  ],
  [
    'userunknown',
    /user (is )?unknown|addresses were unknown|unknown (user|address|recipient|local|mailbox|account|e-?mail)|unlisted recipient|no such (user|mailbox|recipient|address|person|account|e-?mail)|\b(user|recipient|recipient name|mailbox|account|address|alias|addressee|inbox)\b.{0,60}\b(not (be )?(found|exist|known|recognized|recognised|listed|local|valid|available|present)|does(n.t| not) exist|(?<!temporarily )unavailable|(couldn.t|wasn.t|isn.t) (be )?found|no longer (on server|exists|valid|accepts)|is invalid)|(invalid|bad|nonexist[ea]nt|non-existent|undefined|wrong) (recipient|address|mailbox|user|destination mailbox|e-?mail|final delivery userid|account)|not (a known|a valid|an active|listed in)\b.{0,20}(user|mailbox|address|customer|domino|public)|n.t have an? .{0,40}account|no mail ?box (here|found|available)|no account by that|Recip(ient)?NotFound|mailbox unavailable|badrcptto|ADDRESS_NOT_FOUND|5\.4\.1 recipient address rejected|not recognized\b|does not exist|(宛先|あて先|受信者|ユーザー?|アドレス|メールボックス).{0,16}(不明|見つか|存在し|存在せ|ありませ|無効|正しくあ)/i,
  ],
  [
    'expired',
    /timed? ?out|retry time|time-?out|connection (refused|lost|dropped|failed|reset|closed)|too many hops|hop count|in the queue too long|not delivered within|could not be delivered (for|within)|not responding|unable to connect|(couldn.t|could not|wasn.t able to) (establish|connect)|unreachable|grey ?list|mail loop|期限|時間.{0,8}(超|切れ|経過)/i,
  ],
  [
    'rejected',
    /spam|junk|(black|block) ?list|blocked|banned|reputation|policy|policies|denied|dmarc|\bspf\b|dkim|authenti|authori[sz]|not (allowed|permitted|accept)|reject|refus(ed|al)|prohibited|relay|virus|malware|content (filter|polic|restrict)|restricted|suspicious|\bRBL\b|ptr record|reverse dns|拒否|迷惑メール|ウイルス|制限/i,
  ],
  ['expired', /no answer|expired|temporar(y|ily)|try again|queue|gave up|given up|give up/i],
];

/** Statuses that gateways give for many things: words of these reasons are more exact than the status. */
const NARROWER: readonly [RegExp, readonly BounceReason[]][] = [
  [/^[45]\.1\.0$/, ['mailboxfull', 'filtered', 'suspended', 'hostunknown', 'toobig']],
  [/^[45]\.1\.(1|6)$/, ['mailboxfull', 'suspended', 'filtered']],
  [/^[45]\.1\.10$/, ['hostunknown']],
  [/^[45]\.2\.0$/, ['mailboxfull', 'toobig', 'suspended']],
  [/^[45]\.2\.1$/, ['userunknown', 'filtered', 'mailboxfull', 'expired']],
  [/^[45]\.2\.2$/, ['toobig']],
  [/^[45]\.4\.(1|2|4|5|7)$/, ['userunknown', 'hostunknown', 'mailboxfull', 'suspended', 'rejected']],
  [/^4\.(6|7)\.\d+$/, ['userunknown', 'mailboxfull', 'filtered', 'suspended', 'toobig', 'expired']],
  [/^5\.(6|7)\.\d+$/, ['userunknown', 'mailboxfull', 'filtered', 'suspended', 'toobig']],
];

/** Refused only after the mail itself: the address exists, its owner's filter said no (docomo and au; libsisimai.org). */
const AFTER_DATA =
  /in reply to end of DATA|after end of data|end of data:|failed after I sent the message|>>> (?:DATA|\.)[ \t]*\n[ \t]*<<< ?5\d\d/i;
/** DATA was sent along with RCPT (pipelining), and the 5xx shown under it answers the RCPT. */
const NO_RECIPIENT = /503.{0,12}(need|no( valid)?) (rcpt|recipients?)/i;
const UNKNOWN = /unknown user|user unknown|no such user/i;

/**
 * Why a delivery failed, from its status code and the remote server's words. docomo says "Unknown user" for a wrong address
 * (5.1.1) and for its refusal list (5.2.0, or after DATA); au does the same.
 */
export function reasonOf(status: string | null, diagnostic: string): BounceReason {
  const text = diagnostic.slice(0, 4000).replace(/[\t ]*\n[\t ]*/g, '\n');
  const line = text.replace(/\n/g, ' ');
  const words = BY_WORDS.find(([, pattern]) => pattern.test(line))?.[0];
  const byStatus = status ? BY_STATUS.find(([pattern]) => pattern.test(status))?.[1] : undefined;
  const afterData = AFTER_DATA.test(text) && !NO_RECIPIENT.test(text);
  if (UNKNOWN.test(line) && (byStatus === 'filtered' || (words === 'userunknown' && afterData))) return 'filtered';
  if (!byStatus || !status) return words ?? 'other';
  const narrower = NARROWER.find(([pattern]) => pattern.test(status))?.[1];
  return words && narrower?.includes(words) ? words : byStatus;
}
