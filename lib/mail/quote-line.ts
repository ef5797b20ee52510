/** A line that a mail program marked as quoted. A bar alone counts, a row of a table drawn with bars doesn't. */
const QUOTED = /^[\s\u3000]{0,3}(?:[>＞]|[|｜](?![^|｜]*[|｜]))/;
/** `yamada> `: the name of the quoted person before each line, as some Japanese mail programs do. */
const NAMED = /^ ?([\p{L}\p{N}._-]{1,12})[>＞] ?/u;

export function isQuoted(line: string): boolean {
  return QUOTED.test(line.slice(0, 300));
}

/** The name before the mark in the style `yamada> `, or null. Only believed where the next line has it too. */
export function quotedName(line: string): string | null {
  const start = line.slice(0, 14);
  return start.includes('>') || start.includes('＞') ? (NAMED.exec(start)?.[1] ?? null) : null;
}

/** Which lines are quoted, one entry a line. */
export function quotedLines(lines: readonly string[]): boolean[] {
  const names = lines.map(quotedName);
  return lines.map((line, i) => {
    if (isQuoted(line)) return true;
    const name = names[i];
    return name !== null && name !== undefined && (names[i - 1] === name || names[i + 1] === name);
  });
}
