import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { differences, flatten, parametersOf } from './message-parameters.ts';
import { filesBelow, type Source, source, sourcesBelow } from './sources.ts';

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const names = (language: string): string[] =>
  filesBelow(`messages/${language}`).map((path) => path.slice(`messages/${language}/`.length));

describe('the message files', () => {
  it('are the same in Japanese and English', () => {
    expect(names('ja')).toEqual(names('en'));
    expect(names('ja').length).toBeGreaterThan(0);
  });

  it.each(names('ja'))('%s has the same keys and parameters in both', (name) => {
    expect(differences(read(`messages/ja/${name}`), read(`messages/en/${name}`))).toEqual([]);
  });

  it('would be seen to differ', () => {
    expect(differences({ a: { b: '件名' } }, { a: {} })).toEqual(['a.b: only in ja']);
    expect(differences({ a: '{n}件' }, { a: '{count, plural, one {# item} other {# items}}' })).toHaveLength(1);
    expect(differences({ a: '{n}件' }, { a: '{n, plural, one {# by {who}} other {# items}}' })).toHaveLength(1);
    expect(differences({ a: '<b>太</b>' }, { a: 'bold' })).toHaveLength(1);
    expect(() => parametersOf('{n')).toThrow();
    expect(() => parametersOf('n}')).toThrow();
    expect(differences({ a: '{n}件' }, { a: '{n, plural, =0 {none} one {# item} other {# items}}' })).toEqual([]);
  });
});

const REASON = /\b(?:notFound|forbidden|invalid|conflict|unavailable)\(\s*['"]([\w.]+)['"]/g;
const reasonsOf = ({ code }: Source): string[] => [...code.matchAll(REASON)].map((match) => match[1] ?? '');

describe('every reason of an error', () => {
  it('has its words', () => {
    const worded = flatten(read('messages/ja/errors.json'));
    const used = sourcesBelow('app', 'lib', 'workers').flatMap(reasonsOf);
    const always = [
      'notFound',
      'forbidden',
      'unavailable',
      'unexpected',
      'required',
      'tooSmall',
      'tooLarge',
      'invalidValue',
    ];
    expect([...new Set([...used, ...always])].filter((reason) => !(reason in worded)).sort()).toEqual([]);
  });

  it('would be seen without', () => {
    expect(reasonsOf(source('lib/a.ts', `throw invalid('noSuchWord', {}, 'x'); // conflict('comment')`))).toEqual([
      'noSuchWord',
    ]);
  });
});
