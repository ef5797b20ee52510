const MAX_ITEMS = 100_000;

/** One entry of an address header before its encoded-words are decoded. */
export type AddressItem = { phrase: string; address: string };

/** `after`: what follows the angle brackets, which belongs to the next entry where the comma between them is missing. */
type Draft = { phrase: string; comment: string; angle: string | null; after: string };

const empty = (): Draft => ({ phrase: '', comment: '', angle: null, after: '' });

/**
 * Splits an address header into entries in one pass: quoted strings, nested comments, angle brackets, groups, and the ways people
 * break them. `Yamada, Taro <t@example.jp>` (a comma nobody quoted) stays one entry, `A <a@x> B <b@x>` (a comma nobody wrote) is two.
 */
export function splitAddressItems(raw: string): AddressItem[] {
  const entries = new Entries();
  const lastSemicolon = raw.lastIndexOf(';');
  let quotesClose = true;
  let draft = empty();
  const add = (text: string) => {
    if (draft.angle === null) draft.phrase += text;
    else draft.after += text;
  };
  const flush = () => {
    entries.add(draft);
    draft = empty();
  };
  for (let i = 0; i < raw.length; ) {
    const c = raw.charAt(i);
    if (c === '"' && quotesClose) {
      const [text, next, closed] = readQuoted(raw, i);
      quotesClose = closed;
      if (closed) {
        // A quoted local part keeps its quotes; a quoted name loses them.
        add(raw[next] === '@' ? `"${text.replace(/[\\"]/g, '\\$&')}"` : text);
        i = next;
      } else i += 1;
    } else if (c === '"') i += 1;
    else if (c === '(') {
      const [text, next] = readComment(raw, i);
      if (draft.angle === null && draft.phrase.trim() && !draft.phrase.includes('@')) draft.phrase += `(${text})`;
      else draft.comment ||= text;
      i = next;
    } else if (c === '<') {
      const [text, next] = readAngle(raw, i);
      if (draft.angle !== null) draft = secondAngle(draft, text, flush);
      draft.angle = text;
      i = next;
    } else if (c === ',' || c === ';') {
      flush();
      i += 1;
    } else if (c === ':' && i < lastSemicolon && draft.angle === null && !/@|^\s*mailto$/i.test(draft.phrase)) {
      // The name of a group; without the semicolon that ends one, the colon is part of a name.
      draft = empty();
      entries.forget();
      i += 1;
    } else {
      add(c);
      i += 1;
    }
  }
  flush();
  return entries.finish();
}

/** What a second `<...>` makes of the draft: the first was part of the name, or was an entry of its own. */
function secondAngle(draft: Draft, text: string, flush: () => void): Draft {
  if (!draft.angle?.includes('@'))
    return { ...draft, phrase: `${draft.phrase}<${draft.angle}>${draft.after}`, after: '' };
  if (!text.includes('@')) return draft;
  const { after } = draft;
  draft.after = '';
  flush();
  return { ...empty(), phrase: after };
}

/** Entries as they come; a name without an address waits for the next, to which it belongs if that has angle brackets. */
class Entries {
  readonly #items: AddressItem[] = [];
  #waiting = '';

  add({ phrase, comment, angle, after }: Draft): void {
    if (this.#items.length >= MAX_ITEMS) return;
    for (const item of itemsOf(phrase, comment, angle, after)) {
      if (item.address === '') {
        this.#waiting += this.#waiting ? `, ${item.phrase}` : item.phrase;
        continue;
      }
      if (this.#waiting && angle !== null)
        item.phrase = item.phrase ? `${this.#waiting}, ${item.phrase}` : this.#waiting;
      else if (this.#waiting) this.#items.push({ phrase: this.#waiting, address: '' });
      this.#waiting = '';
      this.#items.push(item);
    }
  }

  forget(): void {
    this.#waiting = '';
  }

  finish(): AddressItem[] {
    if (this.#waiting) this.#items.push({ phrase: this.#waiting, address: '' });
    return this.#items;
  }
}

/** Addresses after the angle brackets are entries of their own, other words belong to the name. */
function itemsOf(phrase: string, comment: string, angle: string | null, after: string): AddressItem[] {
  if (angle === null) return toItems(phrase, comment, null);
  if (!after.includes('@')) return toItems(`${phrase} ${after}`, comment, angle);
  return [...toItems(phrase, comment, angle), ...toItems(after, '', null)];
}

/** Without angle brackets only a domain that could be one makes an address: `山田@営業部` is a name. */
const BARE = /^[^\s@]+@(?:[^\s@]*\.[^\s@]*|[\w-]+|\[[^\s@]*)[>＞]?$/;

function toItems(phrase: string, comment: string, angle: string | null): AddressItem[] {
  const words = phrase.replace(/\s+/g, ' ').trim();
  if (angle !== null) return [{ phrase: words || comment, address: stripRoute(angle.trim()) }];
  if (words === '') return [];
  if (!words.includes('@') || words.length > 2000) return [{ phrase: words, address: '' }];
  if (/^"(?:[^"\\]|\\.)*"@\S+$/.test(words)) return [{ phrase: comment, address: words }];
  // Commas and brackets of full width, `name [mailto:a@b]`, blanks around the @: as people write them by hand.
  const plain = words
    .replace(/[＜[]\s*(?:mailto:)?\s*([^\s＜＞<>[\]]+@[^\s＜＞<>[\]\d][^\s＜＞<>[\]]*)\s*[＞\]]/gi, ' $1 ')
    .replace(/^([^\s@]+) ?@ ?([^\s@]+)$/, '$1@$2');
  const parts = plain.split(/[\s，、]+/).filter((part) => part !== '');
  if (parts.length > 0 && parts.every((part) => BARE.test(part)))
    return parts.map((part) => ({ phrase: parts.length === 1 ? comment : '', address: bare(part) }));
  const last = /^(.*\s)(\S+@\S+\.\S+)$/.exec(plain.trim());
  if (last) return [{ phrase: (last[1] ?? '').trim(), address: bare(last[2] ?? '') }];
  return [{ phrase: words, address: '' }];
}

const bare = (address: string): string => stripRoute(address.replace(/^[<＜]|[>＞]$/g, ''));

/** RFC 5322 4.4 obsolete route: `<@relay.example,@b.example:taro@example.jp>`. */
function stripRoute(angle: string): string {
  return angle.startsWith('@') ? angle.slice(angle.indexOf(':') + 1) : angle.replace(/^mailto:/i, '');
}

function readAngle(raw: string, start: number): [string, number] {
  let from = start + 1;
  while (raw[from] === '<') from += 1;
  const end = raw.indexOf('>', from);
  let next = end < 0 ? raw.length : end + 1;
  while (raw[next] === '>') next += 1;
  return [raw.slice(from, end < 0 ? raw.length : end), next];
}

function readQuoted(raw: string, start: number): [text: string, next: number, closed: boolean] {
  const out: string[] = [];
  let i = start + 1;
  for (; i < raw.length && raw[i] !== '"'; i++) {
    if (raw[i] === '\\' && i + 1 < raw.length) i++;
    out.push(raw.charAt(i));
  }
  return [out.join(''), Math.min(i + 1, raw.length), i < raw.length];
}

function readComment(raw: string, start: number): [string, number] {
  let depth = 0;
  let i = start;
  const out: string[] = [];
  for (; i < raw.length; i++) {
    const c = raw.charAt(i);
    if (c === '\\' && i + 1 < raw.length) out.push(raw.charAt(++i));
    else if (c === '(' && depth++ === 0) continue;
    else if (c === ')' && --depth === 0) return [out.join('').trim(), i + 1];
    else out.push(c);
  }
  return [out.join('').trim(), raw.length];
}
