import type { BounceReason } from '#lib/mail/dsn/reason.ts';

/** Detail of RFC 3463 that stands for a reason, where a server gave only a reply code. */
const DETAIL: Record<BounceReason, string> = {
  userunknown: '1.1',
  hostunknown: '1.2',
  filtered: '2.0',
  suspended: '2.1',
  mailboxfull: '2.2',
  toobig: '3.4',
  rejected: '7.1',
  expired: '4.7',
  other: '0.0',
};

/** The enhanced status codes of a text, the first that says something before a general one (`5.0.0`); null if it has none. */
export function statusIn(text: string): string | null {
  const found = text
    .slice(0, 6000)
    .matchAll(/(?:^|[\s(#<[:;,="'「（])(?:[45]\d\d[ -])?([45]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/g)
    .map(([, code]) => code ?? '');
  const codes = [...found].slice(0, 20);
  return codes.find((code) => !isGeneral(code)) ?? codes[0] ?? null;
}

/** Says only that it failed, not why. */
export const isGeneral = (status: string): boolean => /^[45]\.0\.0$/.test(status);

/** The last SMTP reply code (4xx, 5xx) before words in a text: `550 Unknown user`, `#550`, `smtp;550-5.1.1`; null without one. */
export function replyCodeIn(text: string): string | null {
  const code = /(?:^|[\s:;,#([<"'])([45][0-5]\d)(?=[\s\-)\],:;]|$)/m.exec(text.slice(0, 6000))?.[1];
  return code ?? null;
}

/** An enhanced status made from a reply code and the reason; null where the server gave no code at all. */
export function derivedStatus(reason: BounceReason, text: string): string | null {
  const code = replyCodeIn(text);
  return code ? `${code[0]}.${DETAIL[reason]}` : null;
}
