import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { filesBelow, source, sourcesBelow } from './sources.ts';
import { MACHINE_PATH, TEXT_RULES } from './text-rules.ts';

const files = sourcesBelow('app', 'components', 'lib', 'workers', 'prisma');

const lineOf = (text: string, rule: RegExp): number => text.slice(0, text.search(rule)).split('\n').length;

describe.each(TEXT_RULES)('$name', ({ where, forbids, bad }) => {
  it('holds in the whole house', () => {
    const broken = files.filter((file) => where(file) && forbids.test(file.code));
    expect(broken.map(({ path, code }) => `${path}:${lineOf(code, forbids)}`)).toEqual([]);
  });

  it('would be seen when broken, but not in a comment', () => {
    const file = source(...bad);
    expect(where(file) && forbids.test(file.code)).toBe(true);
    expect(forbids.test(source(bad[0], `// ${bad[1]}\n/* ${bad[1]} */`).code)).toBe(false);
  });
});

describe('no path of a machine', () => {
  const folders = ['app', 'components', 'lib', 'workers', 'prisma', 'tests', 'bin', 'docs', 'messages'];

  it('stands in any file of ours', () => {
    const texts = filesBelow(...folders).filter((path) => /\.(m?[jt]sx?|md|json|sql|css|ya?ml)$/.test(path));
    const wrong = texts.filter(
      (path) => !path.startsWith('tests/house/') && MACHINE_PATH.test(readFileSync(path, 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  it('would be seen', () => {
    for (const path of ['/root/x', '"/work/main"', ' /home/taro/mg', '(/Users/hanako)'])
      expect(path).toMatch(MACHINE_PATH);
    for (const fine of ['/var/tmp/mg', 'https://example.jp/work/', './work/a', '~/root/'])
      expect(fine).not.toMatch(MACHINE_PATH);
  });
});
