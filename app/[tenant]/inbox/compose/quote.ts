import type { MailItem } from '#lib/conversations/shapes.ts';

/** The customer's words, as an answer quotes them: each line marked, what they themselves quoted left out. */
export function quoteOf(mail: MailItem, intro: string): string {
  const own = (mail.quotedFrom === null ? mail.text : mail.text.slice(0, mail.quotedFrom)).trimEnd();
  const lines = own.split('\n').map((line) => (line === '' ? '>' : `> ${line}`));
  return [intro, ...lines].join('\n');
}
