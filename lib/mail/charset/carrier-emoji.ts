/** Private-use characters, where CP932's user area and the carriers' rows come out: no font of ours has them. */
const PRIVATE_USE = /[\uE000-\uF8FF]/g;

/** Carrier emoji become 〓, the sign Japanese mail has always shown for an emoji of another carrier. Never fails a mail. */
export function replaceCarrierEmoji(text: string): string {
  return text.replace(PRIVATE_USE, '〓');
}
