import { decodeEntities } from '#lib/mail/html/entities.ts';
import { attributeOf, type Element, isElement, type Node, type Text } from '#lib/mail/html/tree.ts';

/** A line as it is read on screen: its words, and the node with which it begins. */
export type Line = { text: string; first: Node };

const BLOCK = new Set(
  (
    'address article blockquote caption center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p ' +
    'pre section table tbody td tfoot th thead tr ul'
  ).split(' '),
);
const ORIGINAL = '-----Original Message-----';
const PICTURE = '\uFFFC';
/** Lines of preformatted text that become nodes of their own; no rule looks further. */
const MOST_LINES = 20_000;

/**
 * The lines of a mail, for the same rules that find quotations in plain text: what stands in a quotation begins with `> `, and
 * where a mail program says "from here on it is quoted" there stands the line that Outlook writes into plain text. Preformatted
 * text is parted in the tree, so that each of its lines is a node with which something may begin.
 */
export function linesOf(root: Element): Line[] {
  const reader = new LineReader();
  reader.read(root, { depth: 0, pre: false });
  return reader.finish();
}

type Inside = { depth: number; pre: boolean };

class LineReader {
  readonly #lines: Line[] = [];
  #words: string[] = [];
  #first: Node | null = null;
  #depth = 0;

  read(node: Node, inside: Inside): void {
    if (isElement(node)) this.#element(node, inside);
    else this.#text(node, inside);
  }

  finish(): Line[] {
    this.#end();
    return this.#lines;
  }

  #element(node: Element, { depth, pre }: Inside): void {
    const mark = attributeOf(node, 'data-quote');
    const block = BLOCK.has(node.tag);
    if (block || node.tag === 'br') this.#end();
    if (mark === 'rest') this.#lines.push({ text: ORIGINAL, first: node });
    if (node.tag === 'img') this.#add(PICTURE, node, depth);
    const within = {
      depth: depth + (node.tag === 'blockquote' || mark === 'block' ? 1 : 0),
      pre: pre || node.tag === 'pre' || /white-space:\s*pre/.test(node.open),
    };
    if (within.pre) node.children = node.children.flatMap(lineByLine);
    for (const child of node.children) this.read(child, within);
    if (block) this.#end();
  }

  #text(node: Text, { depth, pre }: Inside): void {
    this.#add(decodeEntities(node.text).replace(/\s+/g, ' '), node, depth);
    if (pre && node.text.endsWith('\n')) this.#end();
  }

  #add(words: string, node: Node, depth: number): void {
    if (this.#first === null && words.trim() === '') return;
    this.#first ??= node;
    this.#depth = Math.max(this.#depth, depth);
    this.#words.push(words);
  }

  #end(): void {
    if (this.#first) {
      const marks = this.#depth > 0 ? `${'>'.repeat(Math.min(20, this.#depth))} ` : '';
      this.#lines.push({ text: marks + this.#words.join('').trim(), first: this.#first });
    }
    this.#words = [];
    this.#first = null;
    this.#depth = 0;
  }
}

function lineByLine(node: Node): Node[] {
  if (isElement(node) || !node.text.includes('\n')) return [node];
  const lines = node.text.split(/(?<=\n)/, MOST_LINES);
  const rest = node.text.slice(lines.reduce((sum, line) => sum + line.length, 0));
  return [...lines, ...(rest === '' ? [] : [rest])].map((text) => ({ text, parent: node.parent }));
}
