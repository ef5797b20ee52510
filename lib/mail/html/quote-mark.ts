/** `block`: the element is the quotation. `rest`: the element is its head, and everything after it is quoted. */
export type QuoteMark = 'block' | 'rest';

// What mail programs write around a quotation. Outlook on the web puts x_ before the names it finds in a mail.
const BLOCK_CLASS =
  /(?:^|\s)(?:x_)*(?:gmail_quote|gmail_quote_container|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|moz-signature-quote|ms-outlook-mobile-reference-message)(?:\s|$)/;
const BLOCK_ID = /^(?:x_)*(?:yahoo_quoted_|mail-editor-reference-message-container|isForwardContent|isReplyContent)/;
const REST_ID = /^(?:x_)*(?:divRplyFwdMsg|divTaggedContent|OLK_SRC_BODY_SECTION)$/;
// Outlook for Windows: a thin grey line above From, Sent, To, Subject.
const OUTLOOK_RULE = /border-top:\s*solid\s+#(?:e1e1e1|b5c4df)\s+1\.0pt/i;

/** Where a mail program says that a quotation begins, or null. */
export function quoteMark(tag: string, attribs: Record<string, string>): QuoteMark | null {
  const { class: names = '', id = '', style = '' } = attribs;
  if (REST_ID.test(id) || (tag === 'div' && OUTLOOK_RULE.test(style.slice(0, 500)))) return 'rest';
  if (BLOCK_CLASS.test(names.slice(0, 500)) || BLOCK_ID.test(id)) return 'block';
  return tag === 'blockquote' && /^cite$/i.test(attribs.type ?? '') ? 'block' : null;
}
