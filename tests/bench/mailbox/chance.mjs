/**
 * Chance that comes out the same on every machine: mulberry32.
 * @param {number} seed
 */
export function chanceOf(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const below = (n) => next() % n;
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    pick: (list) => list[below(list.length)],
    hex: (length) => Array.from({ length }, () => below(16).toString(16)).join(''),
    /** Bytes that no compression makes smaller, as a picture's or a PDF's are. */
    bytes: (length) => {
      const words = new Uint32Array(Math.ceil(length / 4));
      for (let i = 0; i < words.length; i++) words[i] = next();
      return Buffer.from(words.buffer, 0, length);
    },
    /** One of the entries, as often as its weight says. */
    weighted: (entries) => {
      let at = below(entries.reduce((sum, [weight]) => sum + weight, 0));
      return entries.find(([weight]) => {
        at -= weight;
        return at < 0;
      })[1];
    },
  };
}
