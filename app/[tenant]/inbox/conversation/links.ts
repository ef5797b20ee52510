export type Piece = { text: string; href: string | null };

// \p{Cf}: marks that aren't seen or turn the direction of what follows.
const ADDRESS = /https?:\/\/[^\s\p{Cf}<>"'、。，．（）「」『』【】]+/gu;

/** The address without what ends the sentence around it; a bracket stays that was opened inside. Linear: a mail may hold a million dots. */
function trimmed(url: string): string {
  let end = url.length;
  while (end > 0 && '.,;:!?'.includes(url.charAt(end - 1))) end -= 1;
  const cut = url.slice(0, end);
  return cut.endsWith(')') && !cut.includes('(') ? cut.slice(0, -1) : cut;
}

/** Whether it leads where it seems to: https://bank.example@evil.example/ doesn't. */
function isHonest(address: string): boolean {
  try {
    const { username, password } = new URL(address);
    return username === '' && password === '';
  } catch {
    return false;
  }
}

/** Text in pieces: plain, and web addresses that may be followed. Nothing else becomes a link. */
export function linkPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const url = trimmed(found[0]);
    if (!isHonest(url)) continue;
    if (found.index > at) pieces.push({ text: text.slice(at, found.index), href: null });
    pieces.push({ text: url, href: url });
    at = found.index + url.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), href: null });
  return pieces;
}
