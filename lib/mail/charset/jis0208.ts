/**
 * The characters of JIS X 0208 and their two bytes in ISO-2022-JP. Strictly rows 1-8 and 16-84 (RFC 1468): no NEC row 13 (①㈱),
 * no IBM extensions (髙﨑), because the phones and systems that still want this charset show those as something else. Made from
 * the platform's own EUC-JP table at first use; runs in the browser too.
 */
export function jis0208(): ReadonlyMap<string, number> {
  table ??= build();
  return table;
}

let table: Map<string, number> | undefined;

// One code, several characters: the standard's own and the one Windows and the web use for it.
const TWINS: readonly [string, string][] = [
  ['～', '〜'],
  ['－', '−'],
  ['∥', '‖'],
  ['―', '—'],
  ['￠', '¢'],
  ['￡', '£'],
  ['￢', '¬'],
];

function build(): Map<string, number> {
  const decoder = new TextDecoder('euc-jp');
  const found = new Map<string, number>();
  for (let row = 1; row <= 84; row += 1) {
    if (row >= 9 && row <= 15) continue;
    for (let cell = 1; cell <= 94; cell += 1) {
      const character = decoder.decode(Uint8Array.of(0xa0 + row, 0xa0 + cell));
      if ([...character].length !== 1 || character === '\ufffd') continue;
      const code = ((0x20 + row) << 8) | (0x20 + cell);
      found.set(character, code);
      // The sign for ångström is the letter in NFC.
      found.set(character.normalize('NFC'), code);
    }
  }
  for (const [a, b] of TWINS) {
    const code = found.get(a) ?? found.get(b);
    if (code === undefined) continue;
    found.set(a, code);
    found.set(b, code);
  }
  return found;
}
