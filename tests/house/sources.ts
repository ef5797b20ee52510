import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Source = { path: string; text: string; code: string };

const SKIPPED = new Set(['node_modules', 'generated', '.next', 'corpus', 'out']);

/** Repository-relative paths of all files below some folders, with '/' and in order. */
export function filesBelow(...folders: string[]): string[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = `${folder}/${entry.name}`;
        if (SKIPPED.has(entry.name)) return [];
        return entry.isDirectory() ? filesBelow(path) : [path];
      }),
    )
    .sort();
}

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

/** The TypeScript of the product below some folders, tests apart, each with and without its comments. */
export function sourcesBelow(...folders: string[]): Source[] {
  return filesBelow(...folders)
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts') && !isTest(path))
    .map((path) => source(path, readFileSync(join('.', path), 'utf8')));
}

export const source = (path: string, text: string): Source => ({ path, text, code: withoutComments(text) });

// A string, a template, a line comment or a block comment, whichever begins first. Strings end with their line, so that
// an apostrophe in JSX text swallows no more than that.
const PIECES = /'(?:\\.|[^'\\\n])*'?|"(?:\\.|[^"\\\n])*"?|`(?:\\.|[^`\\])*`?|(?<!:)\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** The same text with every comment blanked out. Good enough for house rules, not a parser. */
export const withoutComments = (text: string): string =>
  text.replace(PIECES, (piece) => (/^\/[/*]/.test(piece) ? piece.replace(/[^\n]/g, ' ') : piece));
