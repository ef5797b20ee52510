import { type Line, linesOf } from '#lib/mail/html/lines.ts';
import { type Element, isElement, type Node } from '#lib/mail/html/tree.ts';
import { quoteStart } from '#lib/mail/quote-start.ts';

const FORWARDED =
  /forwarded message|begin forwarded|転送(?:された)?メッセージ|転送されたメール|転送メール|weitergeleitete nachricht/i;

/** What can't stand around a fold: a browser would move it out of the table or list. */
const ROWS = new Set(['table', 'tbody', 'thead', 'tfoot', 'tr', 'ul', 'ol', 'dl', 'colgroup']);

/**
 * Puts the quotation that runs to the end of a mail into a fold that works without scripts; nothing is deleted. The same rules
 * as in plain text say where it begins. A forwarded mail isn't folded, for it is what the writer wanted to show; nor is a mail
 * that has no words of its own, or own words after the quotation.
 */
export function foldQuotes(root: Element): void {
  const lines = linesOf(root);
  const start = quoteLine(lines);
  if (start === null || !lines.slice(0, start).some(isOwn)) return;
  if (lines.slice(start, start + 4).some(({ text }) => FORWARDED.test(text.slice(0, 300)))) return;
  const first = lines[start] && outermost(lines[start].first, root);
  if (first) wrapFrom(first, lines.length - start);
}

const isOwn = ({ text }: Line): boolean => !/^\s*$/.test(text) && !/^>/.test(text);

function quoteLine(lines: readonly Line[]): number | null {
  const offset = quoteStart(lines.map(({ text }) => text).join('\n'));
  if (offset === null) return null;
  let at = 0;
  for (const [index, { text }] of lines.entries()) {
    if (at >= offset) return index;
    at += text.length + 1;
  }
  return null;
}

/** The largest element that begins with this node and around which a fold may stand. */
function outermost(node: Node, root: Element): Node | null {
  let found: Node | null = null;
  for (let at = node; at.parent; at = at.parent) {
    if (!ROWS.has(at.parent.tag)) found = at;
    if (at.parent === root || !before(at).every(isBlank)) break;
  }
  return found;
}

const before = (node: Node): Node[] => node.parent?.children.slice(0, node.parent.children.indexOf(node)) ?? [];

/** Without words and pictures, and no thing to see of its own. */
function isBlank(node: Node): boolean {
  if (!isElement(node)) return /^(?:\s|&nbsp;|&#160;|\u00a0)*$/.test(node.text);
  return node.tag !== 'img' && node.tag !== 'hr' && node.children.every(isBlank);
}

/** Folds this node with all that follows it; a line drawn right above belongs to it. */
function wrapFrom(node: Node, lines: number): void {
  const parent = node.parent;
  if (!parent) return;
  let from = parent.children.indexOf(node);
  const above = parent.children.slice(0, from).findLastIndex((child) => !isBlank(child));
  const rule = parent.children[above];
  if (rule && isElement(rule) && rule.tag === 'hr') from = above;
  const summary = `<summary data-lines="${lines}"></summary>`;
  const fold: Element = { tag: 'details', open: `<details>${summary}`, close: '</details>', children: [], parent };
  fold.children = parent.children.splice(from);
  for (const child of fold.children) child.parent = fold;
  parent.children.push(fold);
  const outside = parent.parent;
  if (!outside) return;
  // What follows further out is quoted as well: the rules said "to the end".
  const next = outside.children[outside.children.indexOf(parent) + 1];
  if (next && !isBlank(next) && !ROWS.has(outside.tag)) wrapFrom(next, lines);
}
