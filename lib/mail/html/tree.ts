/** Sanitised HTML as a tree. `open` and `close` are the tags as they stood, so that what isn't touched comes out unchanged. */
export type Element = { tag: string; open: string; close: string; children: Node[]; parent: Element | null };
export type Text = { text: string; parent: Element | null };
export type Node = Element | Text;

export const isElement = (node: Node): node is Element => 'tag' in node;

const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*)( \/)?>/g;

/**
 * Reads what sanitise-html wrote, and only that: lower-case names, values in double quotes, no `<` that isn't a tag. Anything
 * else stays text. Closing tags without their opening one are dropped. Returns the root, an element without a name.
 */
export function treeOf(clean: string): Element {
  const root: Element = { tag: '', open: '', close: '', children: [], parent: null };
  let at = root;
  let last = 0;
  for (const match of clean.matchAll(TAG)) {
    const [open, closing, tag = '', , empty] = match;
    if (match.index > last) at.children.push({ text: clean.slice(last, match.index), parent: at });
    last = match.index + open.length;
    if (closing) {
      at = parentOfNearest(at, tag) ?? at;
      continue;
    }
    const element: Element = { tag, open, close: empty ? '' : `</${tag}>`, children: [], parent: at };
    at.children.push(element);
    if (!empty) at = element;
  }
  if (last < clean.length) at.children.push({ text: clean.slice(last), parent: at });
  return root;
}

function parentOfNearest(from: Element, tag: string): Element | null {
  for (let up: Element | null = from; up; up = up.parent) if (up.tag === tag) return up.parent;
  return null;
}

/** The tree as HTML again. */
export function htmlOf(node: Node): string {
  const out: string[] = [];
  write(node, out);
  return out.join('');
}

// As deep as the tree, which the sanitiser keeps to 250.
function write(node: Node, out: string[]): void {
  if (!isElement(node)) {
    out.push(node.text);
    return;
  }
  out.push(node.open);
  for (const child of node.children) write(child, out);
  out.push(node.close);
}

/** The value of an attribute as it stands in the tag, character references not yet read; '' when it isn't there. */
export function attributeOf(element: Element, name: string): string {
  return new RegExp(` ${name}="([^"]*)"`).exec(element.open)?.[1] ?? '';
}

/** Every element below, in the order of the text. */
export function elementsOf(root: Element): Element[] {
  const found: Element[] = [];
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!isElement(node)) continue;
    found.push(node);
    for (let i = node.children.length - 1; i >= 0; i -= 1) waiting.push(node.children[i] as Node);
  }
  return found;
}
