const MAX_ITEMS = 2000;

/** One entry of an address header before its encoded-words are decoded. */
export type AddressItem = { phrase: string; address: string };

type Draft = { phrase: string; comment: string; angle: string | null };

/**
 * Splits an address header into entries in one pass: quoted strings, nested comments, angle brackets, groups.
 * `Yamada, Taro <t@example.jp>` (a comma nobody quoted) stays one entry.
 */
export function splitAddressItems(raw: string): AddressItem[] {
  const items: AddressItem[] = [];
  let draft: Draft = { phrase: '', comment: '', angle: null };
  let waiting = '';
  const flush = () => {
    const { phrase, comment, angle } = draft;
    draft = { phrase: '', comment: '', angle: null };
    if (items.length >= MAX_ITEMS) return;
    const item = toItem(phrase, comment, angle);
    if (!item) return;
    if (item.address === '') {
      waiting += waiting ? `, ${item.phrase}` : item.phrase;
      return;
    }
    if (waiting && angle !== null) item.phrase = item.phrase ? `${waiting}, ${item.phrase}` : waiting;
    else if (waiting) items.push({ phrase: waiting, address: '' });
    waiting = '';
    items.push(item);
  };
  for (let i = 0; i < raw.length; ) {
    const c = raw.charAt(i);
    if (c === '"') {
      const [text, next] = readQuoted(raw, i);
      // A quoted local part keeps its quotes; a quoted name loses them.
      if (raw[next] === '@') draft.phrase += `"${text.replace(/[\\"]/g, '\\$&')}"`;
      else draft.phrase += text;
      i = next;
    } else if (c === '(') {
      const [text, next] = readComment(raw, i);
      if (draft.phrase.trim() && !draft.phrase.includes('@')) draft.phrase += `(${text})`;
      else draft.comment ||= text;
      i = next;
    } else if (c === '<') {
      const end = raw.indexOf('>', i);
      const stop = end < 0 ? raw.length : end;
      draft.angle ??= raw.slice(i + 1, stop);
      i = stop + 1;
    } else if (c === ',' || c === ';') {
      flush();
      i += 1;
    } else if (c === ':' && !draft.phrase.includes('@')) {
      draft.phrase = '';
      waiting = '';
      i += 1;
    } else {
      draft.phrase += c;
      i += 1;
    }
  }
  flush();
  if (waiting && items.length < MAX_ITEMS) items.push({ phrase: waiting, address: '' });
  return items;
}

function toItem(phrase: string, comment: string, angle: string | null): AddressItem | null {
  const words = phrase.replace(/\s+/g, ' ').trim();
  if (angle !== null) return { phrase: words || comment, address: stripRoute(angle.trim()) };
  if (words === '') return null;
  if (/^\S+@\S+$/.test(words)) return { phrase: comment, address: words };
  const last = /^(.*\s)(\S+@\S+\.\S+)$/.exec(words);
  if (last) return { phrase: (last[1] ?? '').trim(), address: last[2] ?? '' };
  return { phrase: words, address: '' };
}

/** RFC 5322 4.4 obsolete route: `<@relay.example,@b.example:taro@example.jp>`. */
function stripRoute(angle: string): string {
  return angle.startsWith('@') ? angle.slice(angle.indexOf(':') + 1) : angle.replace(/^mailto:/i, '');
}

function readQuoted(raw: string, start: number): [string, number] {
  const out: string[] = [];
  let i = start + 1;
  for (; i < raw.length && raw[i] !== '"'; i++) {
    if (raw[i] === '\\' && i + 1 < raw.length) i++;
    out.push(raw.charAt(i));
  }
  return [out.join(''), Math.min(i + 1, raw.length)];
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
