export type Piece = { text: string; href: string | null };

const ADDRESS = /https?:\/\/[^\s<>"'、。，．（）「」『』【】]+/g;
// What ends a sentence isn't part of an address, unless its own bracket was opened inside.
const trailing = (url: string): string => {
  const cut = url.replace(/[.,;:!?]+$/, '');
  return cut.endsWith(')') && !cut.includes('(') ? cut.slice(0, -1) : cut;
};

/** Text in pieces: plain, and web addresses that may be followed. Nothing else becomes a link. */
export function linkPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const url = trailing(found[0]);
    if (found.index > at) pieces.push({ text: text.slice(at, found.index), href: null });
    pieces.push({ text: url, href: url });
    at = found.index + url.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), href: null });
  return pieces;
}
