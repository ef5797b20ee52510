import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isSlug, RESERVED_SLUGS } from '#lib/tenants/slug.ts';

describe('a slug', () => {
  it.each(['hanamiya', 'abc', 'shop-2', '007', 'a'.repeat(40)])('may be %s', (slug) => expect(isSlug(slug)).toBe(true));

  it.each([
    '',
    'ab',
    '-abc',
    'abc-',
    'Abc',
    'a_b',
    'a.b',
    'a/b',
    '窓口窓口',
    '...',
    'a'.repeat(41),
    'api',
    'sign-in',
    '_next',
  ])('may not be "%s"', (slug) => expect(isSlug(slug)).toBe(false));

  it('may not be a folder of app/, which would hide the company behind our own page', () => {
    const folders = (dir: string): string[] =>
      readdirSync(dir, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !/^[_[]/.test(entry.name))
        .flatMap((entry) => (entry.name.startsWith('(') ? folders(`${dir}/${entry.name}`) : entry.name));
    for (const name of folders('app')) expect(RESERVED_SLUGS).toContain(name);
  });
});
