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

/**
 * The lines of a mail, for the same rules that find quotations in plain text: what stands in a quotation begins with `> `, and
 * where a mail program says "from here on it is quoted" there stands the line that Outlook writes into plain text.
 */
export function linesOf(root: Element): Line[] {
  const reader = new LineReader();
  reader.read(root, 0);
  return reader.finish();
}

class LineReader {
  readonly #lines: Line[] = [];
  #words: string[] = [];
  #first: Node | null = null;
  #depth = 0;

  read(node: Node, depth: number): void {
    if (isElement(node)) this.#element(node, depth);
    else this.#text(node, depth);
  }

  #element(node: Element, depth: number): void {
    const mark = attributeOf(node, 'data-quote');
    const block = BLOCK.has(node.tag);
    if (block || node.tag === 'br') this.#end();
    if (mark === 'rest') this.#lines.push({ text: ORIGINAL, first: node });
    if (node.tag === 'img') this.#add(PICTURE, node, depth);
    const inside = depth + (node.tag === 'blockquote' || mark === 'block' ? 1 : 0);
    for (const child of node.children) this.read(child, inside);
    if (block) this.#end();
  }

  finish(): Line[] {
    this.#end();
    return this.#lines;
  }

  #text(node: Text, depth: number): void {
    if (node.text.trim() === '') return;
    // Mails written as text keep their line ends (white-space: pre-wrap).
    const [head = '', ...rest] = node.text.split('\n');
    this.#add(decodeEntities(head), node, depth);
    for (const line of rest) {
      this.#end();
      this.#add(decodeEntities(line), node, depth);
    }
  }

  #add(words: string, node: Node, depth: number): void {
    if (words.trim() === '') return;
    this.#first ??= node;
    this.#depth = depth;
    this.#words.push(words);
  }

  #end(): void {
    if (this.#first) {
      const words = this.#words.join('').replaceAll('\u00a0', ' ').trim();
      this.#lines.push({ text: `${'>'.repeat(this.#depth)}${this.#depth ? ' ' : ''}${words}`, first: this.#first });
    }
    this.#words = [];
    this.#first = null;
  }
}
