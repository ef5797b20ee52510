import { decodeEntities } from '#lib/mail/html/entities.ts';
import { tagEnd } from '#lib/mail/html/tag-end.ts';

const BLOCK = new Set([
  'p',
  'div',
  'table',
  'tr',
  'ul',
  'ol',
  'li',
  'blockquote',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'pre',
  'hr',
  'section',
  'article',
  'header',
  'footer',
  'center',
  'address',
  'dl',
  'dt',
  'dd',
  'form',
  'body',
  'figure',
]);
const SPACED = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'ul', 'ol', 'blockquote', 'table']);
const SKIPPED = new Set([
  'script',
  'style',
  'head',
  'title',
  'noscript',
  'template',
  'svg',
  'object',
  'textarea',
  'select',
]);
const MAX_HTML = 5_000_000;

/**
 * The text of an HTML mail for lists, search and people who read plain text: blocks become lines, cells are parted by a space,
 * quotations get `> `, pictures their alt text. One pass over the source, so no nesting can hang it; over 5 million characters
 * the rest is left out.
 */
export function htmlToText(html: string): string {
  const writer = new TextWriter();
  const source = html.slice(0, MAX_HTML);
  let i = 0;
  while (i < source.length) {
    const open = source.indexOf('<', i);
    writer.text(source.slice(i, open < 0 ? source.length : open));
    if (open < 0) break;
    i = readMarkup(source, open, writer);
  }
  return writer.finish();
}

/** Handles the tag, comment or stray `<` at `open` and returns where reading goes on. */
function readMarkup(source: string, open: number, writer: TextWriter): number {
  if (source.startsWith('<!--', open)) return after(source, '-->', open + 4);
  if (source[open + 1] === '!' || source[open + 1] === '?') return after(source, '>', open);
  const name = /^<(\/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})/.exec(source.slice(open, open + 40));
  if (!name) {
    writer.text('<');
    return open + 1;
  }
  const end = tagEnd(source, open);
  const tag = (name[2] ?? '').toLowerCase();
  const closing = name[1] === '/';
  if (!closing && SKIPPED.has(tag)) return skipElement(source, tag, end, writer.unclosed);
  writer.tag(tag, closing, source.slice(open, end));
  return end;
}

function after(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from);
  return at < 0 ? source.length : at + mark.length;
}

/** Where reading goes on after an element that isn't text. `unclosed` remembers names without an end, so each is sought once. */
function skipElement(source: string, tag: string, from: number, unclosed: Set<string>): number {
  if (unclosed.has(tag)) return from;
  const close = new RegExp(`</${tag}\\b|<body\\b`, 'gi');
  close.lastIndex = from;
  const match = close.exec(source);
  if (!match) {
    unclosed.add(tag);
    return tag === 'head' || tag === 'title' ? from : source.length;
  }
  return match[0].startsWith('</') ? after(source, '>', match.index) : match.index;
}

class TextWriter {
  readonly unclosed = new Set<string>();
  readonly #lines: string[] = [];
  #line: string[] = [];
  #depth = 0;
  #pre = 0;
  #blank = true;

  text(raw: string): void {
    if (raw === '') return;
    const decoded = decodeEntities(raw);
    if (this.#pre > 0) {
      const [first = '', ...rest] = decoded.split('\n');
      this.#line.push(first);
      for (const line of rest) {
        this.#break();
        this.#line.push(line);
      }
      return;
    }
    this.#line.push(decoded.replace(/[ \t\r\n\f]+/g, ' '));
  }

  tag(tag: string, closing: boolean, source: string): void {
    if (tag === 'br') this.#break();
    else if (tag === 'img') this.#alt(source);
    else if ((tag === 'td' || tag === 'th') && closing) this.#line.push(' ');
    else if (BLOCK.has(tag)) this.#block(tag, closing);
  }

  finish(): string {
    this.#endLine(false);
    return this.#lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .replace(/^\n+/, '')
      .trimEnd();
  }

  #block(tag: string, closing: boolean): void {
    this.#endLine(SPACED.has(tag));
    if (tag === 'pre') this.#pre = Math.max(0, this.#pre + (closing ? -1 : 1));
    if (tag === 'blockquote') this.#depth = Math.min(20, Math.max(0, this.#depth + (closing ? -1 : 1)));
    if (tag === 'li' && !closing) this.#line.push('・');
    if (tag === 'hr') this.#lines.push('----');
  }

  #alt(source: string): void {
    const alt = /\balt\s*=\s*(?:"([^"]{0,300})"|'([^']{0,300})')/i.exec(source);
    if (alt) this.#line.push(decodeEntities(alt[1] ?? alt[2] ?? ''));
  }

  #endLine(blankAfter: boolean): void {
    if (this.#current() !== '') this.#break();
    else this.#line = [];
    if (blankAfter && !this.#blank) {
      this.#lines.push('');
      this.#blank = true;
    }
  }

  #break(): void {
    const line = this.#current();
    this.#lines.push(this.#depth > 0 && line !== '' ? `${'>'.repeat(this.#depth)} ${line}` : line);
    this.#blank = line === '';
    this.#line = [];
  }

  #current(): string {
    const line = this.#line.join('').replaceAll('\u00a0', ' ');
    return this.#pre > 0 ? line.trimEnd() : line.replace(/ {2,}/g, ' ').trim();
  }
}
