import { AU } from '#lib/mail/charset/emoji/au.ts';
import { DOCOMO } from '#lib/mail/charset/emoji/docomo.ts';
import { SOFTBANK } from '#lib/mail/charset/emoji/softbank.ts';
import { type EmojiTable, GETA } from '#lib/mail/charset/emoji/table.ts';

/** The three mobile carriers that had emoji of their own, each with private codes that overlap the others'. */
export type Carrier = 'docomo' | 'au' | 'softbank';

const TABLES: Record<Carrier, EmojiTable> = { docomo: DOCOMO, au: AU, softbank: SOFTBANK };

/** Where a decoder keeps a byte pair of a carrier until it is known whose it is: plane 16, which no mail uses. */
const MARKS = 0x100000;
const PRIVATE = /[\uE000-\uF8FF]|[\u{100000}-\u{10FFFD}]/gu;

/** A mark for two bytes of Shift_JIS (from 8000) or of ISO-2022-JP (below). */
export const carrierMark = (code: number): string => String.fromCodePoint(MARKS + code);

/** The carrier that a sender's address belongs to, or null. Also its subdomains, and test domains that begin with its name. */
export function carrierOf(address: string): Carrier | null {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  if (/(^|\.)docomo\./.test(domain)) return 'docomo';
  if (/(^|\.)(ezweb|au|kddi)\./.test(domain)) return 'au';
  return /(^|\.)(softbank|vodafone|disney|jp-[a-z])\./.test(domain) ? 'softbank' : null;
}

/**
 * Emoji of the carriers as Unicode's, by the sender's carrier where it is known. Without it, only codes that one carrier alone uses
 * are read; the rest becomes 〓, since a wrong emoji is worse than none. Private characters outside the carriers' blocks stay
 * (docs/decisions/008).
 */
export function resolveCarrierEmoji(text: string, carrier: Carrier | null): string {
  if (!mayHold(text)) return text;
  const sjis = carrier ?? carrierOfMarks(text);
  return text.replace(PRIVATE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < MARKS) return fromUnicode(character, code, carrier);
    const mark = code - MARKS;
    if (mark < 0x8000) return AU.get(auOfJis(mark)) ?? GETA;
    return (sjis && TABLES[sjis].get(FROM_SJIS[sjis](mark))) ?? GETA;
  });
}

function mayHold(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c >= 0xdbc0 && c <= 0xf8ff && (c <= 0xdbff || c >= 0xe000)) return true;
  }
  return false;
}

function fromUnicode(character: string, code: number, carrier: Carrier | null): string {
  const known = carrier ? TABLES[carrier].get(code) : undefined;
  if (known) return known;
  return (code >= 0xe000 && code <= 0xe757) || (code >= 0xea80 && code <= 0xeb8e) ? GETA : character;
}

const ENOUGH = 1000;

/** F3, F4 and F6 are au's alone, F8 docomo's; F9 is docomo's far more often than SoftBank's, F7 could be either's. */
function carrierOfMarks(text: string): Carrier | null {
  const leads = new Set<number>();
  let seen = 0;
  for (const [c] of text.matchAll(PRIVATE)) {
    leads.add(((c.codePointAt(0) ?? 0) - MARKS) >> 8);
    if (++seen >= ENOUGH) break;
  }
  if (leads.has(0xf3) || leads.has(0xf4) || leads.has(0xf6)) return 'au';
  return leads.has(0xf7) ? null : 'docomo';
}

/** Position among the 188 trail bytes of a Shift_JIS row. */
const cell = (code: number): number => (code & 0xff) - ((code & 0xff) > 0x7e ? 0x41 : 0x40);

const FROM_SJIS: Record<Carrier, (code: number) => number> = {
  docomo: (code) => (code < 0xf900 ? 0xe63e + (code - 0xf89f) : 0xe69c + cell(code)),
  au: (code) => {
    const lead = code >> 8;
    const row = { 246: 0xe468, 247: 0xe468 + 188, 243: 0xea80, 244: 0xea80 + 188 }[lead];
    return row === undefined ? 0 : row + cell(code);
  },
  softbank: (code) => {
    const [lead, trail] = [code >> 8, code & 0xff];
    const page = { 249: [0xe000, 0xe300], 247: [0xe100, 0xe200], 251: [0xe400, 0xe500] }[lead];
    if (!page) return 0;
    return trail >= 0xa1 ? (page[1] ?? 0) + trail - 0xa0 : (page[0] ?? 0) + cell(code);
  },
};

/** au's rows of ISO-2022-JP from 75: two rows of 94 make one of Shift_JIS. */
const auOfJis = (code: number): number => 0xe468 + ((code >> 8) - 0x75) * 94 + (code & 0xff) - 0x21;
