/**
 * NFC without touching CJK compatibility ideographs: plain NFC turns 神 (U+FA19) and other forms people write their names
 * with into another character. ガ written by macOS as カ + ゙ becomes one character.
 */
export function toNfc(text: string): string {
  if (!/[\uF900-\uFAFF]/.test(text)) return text.normalize('NFC');
  return text.replace(/[^\uF900-\uFAFF]+/g, (run) => run.normalize('NFC'));
}
