import { posix } from 'node:path';
import type { Source } from './sources.ts';

/** One import: from which file, of what (repository-relative path or package), and whether only types. */
export type Import = { from: string; to: string; typeOnly: boolean };

const STATIC = /\b(import|export)\s+(type\s+)?([\w$*\s{},]*?)\s*from\s*['"]([^'"]+)['"]/g;
const BARE = /\bimport\s*\(?\s*['"]([^'"]+)['"]/g;

/** All imports of a file, static, re-exported, for their effect alone, and dynamic ones with a fixed name. */
export function importsOf({ path, code }: Source): Import[] {
  const found: Import[] = [];
  for (const [, , type, names = '', target = ''] of code.matchAll(STATIC)) {
    found.push({ from: path, to: resolve(path, target), typeOnly: Boolean(type) || onlyTypes(names) });
  }
  for (const [, target = ''] of code.matchAll(BARE)) {
    found.push({ from: path, to: resolve(path, target), typeOnly: false });
  }
  return found;
}

function onlyTypes(names: string): boolean {
  const list = /^\s*\{([^}]*)\}\s*$/
    .exec(names)?.[1]
    ?.split(',')
    .filter((name) => name.trim() !== '');
  return list !== undefined && list.length > 0 && list.every((name) => /^\s*type\s/.test(name));
}

function resolve(from: string, target: string): string {
  if (target.startsWith('#')) return target.slice(1);
  return target.startsWith('.') ? posix.join(posix.dirname(from), target) : target;
}
