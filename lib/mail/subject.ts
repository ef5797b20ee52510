// In full width too (ＲＥ２：), with any way of counting (Re2:, Re[2]:, Re(2):, Re^2:, Re*2:), in the words of mailers abroad.
const COUNT = String.raw`(?:[\d０-９]{1,4}|[[［(（][\d０-９]{1,4}[\]］)）]|[\^＾*＊][\d０-９]{1,4})?`;
const REPLY = new RegExp(String.raw`^(?:[rｒＲ][eｅＥ]|返信|回答|aw|sv|antw|odp|回复|回覆)\s*${COUNT}\s*[:：]\s*`, 'i');
const FORWARD = new RegExp(String.raw`^(?:[fｆＦ][wｗＷ][dｄＤ]?|転送|wg|转发|轉寄)\s*${COUNT}\s*[:：]\s*`, 'i');
const LIST_TAG = /^\[[\w.&+-]{1,40}[ :,#-]{1,2}\d{1,9}\]\s*/;

/**
 * The subject by which two mails talk of the same thing: NFKC, single spaces, and every leading reply mark, forward mark
 * and numbered list tag (`Re: `, `Re2: `, `Re[3]: `, `RE：`, `返信: `, `転送: `, `[shop-ml 123]`) taken off, however many.
 * `[重要]` and other tags without a number stay: they are the customer's words.
 */
export function normaliseSubject(subject: string): string {
  let rest = subject.slice(0, 2000).normalize('NFKC').replace(/\s+/g, ' ').trim();
  for (;;) {
    const next = rest.replace(REPLY, '').replace(FORWARD, '').replace(LIST_TAG, '');
    if (next === rest) return rest;
    rest = next;
  }
}

/** The subject of an answer: exactly one `Re: ` before the customer's own words, which keep their width and tags. */
export function replySubject(subject: string): string {
  let rest = subject.replace(/\s+/g, ' ').trim();
  while (REPLY.test(rest)) rest = rest.replace(REPLY, '');
  return rest === '' ? 'Re:' : `Re: ${rest}`;
}

/** Whether a subject says of itself that it answers something. */
export const isReplySubject = (subject: string): boolean =>
  REPLY.test(subject.slice(0, 200).trim().replace(LIST_TAG, ''));
