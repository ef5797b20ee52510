import { type Evidence, isReply } from '#lib/mail/classify/evidence.ts';
import { NEWSLETTER, NO_REPLY } from '#lib/mail/classify/senders.ts';
import { headersOf } from '#lib/mail/headers/block.ts';

const MARKS = [
  'list-id',
  'list-post',
  'list-archive',
  'list-subscribe',
  'mailing-list',
  'x-mailing-list',
  'x-ml-name',
  'x-ml-count',
  'x-mlserver',
  'x-ml-info',
  'x-mailman-version',
  'x-beenthere',
  'x-listname',
  'x-list',
  'x-campaign',
  'x-campaignid',
  'x-campaign-id',
  'x-mc-user',
  'x-mailmagazine',
];

/** Whether a mailing list or a sender of newsletters marked it. */
export function hasListHeader(e: Evidence): boolean {
  if (e.has(...MARKS)) return true;
  // Old answering machines write `bulk` too; those answer, or say so.
  return /^list\b/.test(e.header('precedence')) || (/^(bulk|junk)\b/.test(e.header('precedence')) && !answers(e));
}

/** `Precedence: bulk` on an answer is an answering machine's (vacation). */
export const isBulkAnswer = (e: Evidence): boolean =>
  /^(bulk|junk)\b/.test(e.header('precedence')) && !e.has(...MARKS, 'list-unsubscribe') && answers(e);

const answers = (e: Evidence): boolean => e.mail.inReplyTo.length > 0 || isReply(e);

/** Whether it can be unsubscribed and isn't somebody's answer: sales tools put the header on one person's mail as well. */
export function isUnsubscribable(e: Evidence): boolean {
  if (!e.has('list-unsubscribe')) return false;
  return e.has('list-unsubscribe-post') || NO_REPLY.test(e.sender) || NEWSLETTER.test(e.sender) || !answers(e);
}

const UNSUBSCRIBE =
  /配信(の)?(停止|解除|中止)|メルマガ(の)?(解除|停止|退会)|メールマガジン(の)?(解除|停止|退会|配信)|登録(の)?解除|購読(の)?(解除|停止|中止)|unsubscribe|opt[- ]?out/i;
const MAGAZINE_SUBJECT = /メルマガ|メールマガジン|ニュースレター|newsletter|\bvol\.? ?\d+|第\d+号/i;

/** A newsletter without any header of its kind: its sender or subject says so, and its text how to leave it. */
export function isNewsletter(e: Evidence): boolean {
  if (!NEWSLETTER.test(e.sender) && !MAGAZINE_SUBJECT.test(e.subject)) return false;
  if (isReply(e)) return false;
  return UNSUBSCRIBE.test(e.words()) && /https?:\/\/|<?mailto:/i.test(e.mail.text);
}

/** A team whose shared address is itself a list (Google Groups) gets every customer's mail with that list's headers. */
export function isOwnList(e: Evidence): boolean {
  const marks = ['list-id', 'list-post', 'mailing-list', 'x-ml-name', 'x-beenthere', 'x-mailing-list', 'x-google-group']
    .flatMap((name) => headersOf(e.mail.headers, name))
    .join(' ')
    .toLowerCase();
  return [...e.own].some(
    (address) => address !== '' && (marks.includes(address) || marks.includes(`<${address.replace('@', '.')}>`)),
  );
}

/** Google Groups writes "via" and its own address into From where the sender's domain forbids lists (DMARC). */
export const isMemberOfOwnList = (e: Evidence): boolean => {
  const original = e.header('x-original-sender') || e.header('x-original-from');
  return e.own.has(e.sender) && isOwnList(e) && original !== '' && ![...e.own].some((own) => original.includes(own));
};
