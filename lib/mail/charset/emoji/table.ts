/** A carrier's private code point to the emoji it stands for. Codes without a sure counterpart aren't in it. */
export type EmojiTable = ReadonlyMap<number, string>;

/** What has no counterpart: 〓, the sign Japanese mail has always shown for another carrier's emoji. */
export const GETA = '〓';

/** Reads blocks of consecutive code points, each with its emoji in order, parted by blanks. */
export function emojiTable(blocks: readonly (readonly [first: number, emoji: string])[]): EmojiTable {
  const table = new Map<number, string>();
  for (const [first, emoji] of blocks) {
    emoji.split(/\s+/).forEach((sign, i) => {
      if (sign !== GETA) table.set(first + i, sign);
    });
  }
  return table;
}
