/**
 * The names an ICU message needs: `{name}`, `{n, plural, ...}` with what stands inside its branches, and `<tag>`s.
 * @throws Error for a brace without its partner
 */
export function parametersOf(message: string): string[] {
  const found = new Set<string>();
  const end = readText(message, 0, found);
  if (end < message.length) throw new Error(`A brace too many in: ${message}`);
  for (const [, tag] of message.matchAll(/<(\w+)\s*\/?>/g)) found.add(`<${tag}>`);
  return [...found].sort();
}

// Text up to the closing brace of whoever called, or the end. A quote before a brace escapes up to the next quote.
function readText(message: string, start: number, found: Set<string>): number {
  let at = start;
  while (at < message.length && message[at] !== '}') {
    if (message[at] === "'" && /[{}]/.test(message[at + 1] ?? '')) {
      const close = message.indexOf("'", at + 1);
      at = close < 0 ? message.length : close + 1;
    } else if (message[at] === '{') at = readArgument(message, at + 1, found);
    else at += 1;
  }
  return at;
}

function readArgument(message: string, start: number, found: Set<string>): number {
  const head = /^\s*(\w+)\s*(,\s*\w+\s*)?,?/.exec(message.slice(start));
  if (!head?.[1]) throw new Error(`A brace without a name in: ${message}`);
  found.add(head[1]);
  let at = start + head[0].length;
  while (at < message.length && message[at] !== '}') {
    at = message[at] === '{' ? readText(message, at + 1, found) + 1 : at + 1;
  }
  if (at >= message.length) throw new Error(`A brace too few in: ${message}`);
  return at + 1;
}

/** "a.b" -> text for every message of a file. */
export function flatten(value: unknown, prefix = ''): Record<string, string> {
  if (typeof value === 'string') return { [prefix]: value };
  const entries = Object.entries((value ?? {}) as Record<string, unknown>);
  return Object.assign({}, ...entries.map(([key, inner]) => flatten(inner, prefix ? `${prefix}.${key}` : key)));
}

/** How two language files differ: a key or a parameter that only one has. */
export function differences(ja: unknown, en: unknown): string[] {
  const [left, right] = [flatten(ja), flatten(en)];
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  return keys.flatMap((key) => {
    const [a, b] = [left[key], right[key]];
    if (a === undefined || b === undefined) return [`${key}: only in ${a === undefined ? 'en' : 'ja'}`];
    const [x, y] = [parametersOf(a).join(' '), parametersOf(b).join(' ')];
    return x === y ? [] : [`${key}: ja needs [${x}], en needs [${y}]`];
  });
}
