/** How much of a text is looked through, and how many numbers are kept. */
const LOOKED_AT = 20_000;
const MOST = 3;

const LABELLED =
  /(?:ご?注文(?:番号|no\.?|id)|受注(?:番号|no\.?)|オーダー(?:番号|no\.?|id)|お?買い?上げ番号|order\s?(?:number|no\.?|id|#))[\s:#【「[(=]{0,10}([a-z0-9](?:[a-z0-9-]{2,38})[a-z0-9])/gi;

/**
 * The order numbers a text names as such (注文番号：A-1234), in capitals; at least four characters, one of them a digit. A bare
 * number is none: it may be a postcode. Linear time.
 */
export function orderNumbersIn(text: string): string[] {
  const found = new Set<string>();
  for (const [, number] of text.slice(0, LOOKED_AT).normalize('NFKC').matchAll(LABELLED)) {
    if (number && /\d/.test(number)) found.add(number.toUpperCase());
    if (found.size === MOST) break;
  }
  return [...found];
}

/** The number of a case as our answers and people write it in a subject: `[#123]`; null where none stands. */
export function caseNumberIn(subject: string): number | null {
  const digits = /\[#(\d{1,9})\]/.exec(subject.slice(0, 2000).normalize('NFKC'))?.[1];
  return digits ? Number(digits) : null;
}
