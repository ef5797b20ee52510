import { expect, test } from 'vitest';
import { collect } from './collect.ts';

test('without focus the list simply is what the server says', () => {
  expect(collect(['a', 'b'], ['c', 'b', 'a'], false)).toEqual({ order: ['c', 'b', 'a'], waiting: [] });
});

test('while the list is held, new rows wait and shown ones keep their places', () => {
  expect(collect(['a', 'b', 'c'], ['n', 'b', 'a', 'c'], true)).toEqual({ order: ['a', 'b', 'c'], waiting: ['n'] });
});

test('rows that left the view go, even while it is held', () => {
  expect(collect(['a', 'b', 'c'], ['a', 'c'], true)).toEqual({ order: ['a', 'c'], waiting: [] });
});

test('a further page is appended below and doesn’t wait', () => {
  expect(collect(['a', 'b'], ['n', 'a', 'b', 'c', 'd'], true)).toEqual({ order: ['a', 'b', 'c', 'd'], waiting: ['n'] });
});

test('an empty list has nothing to hold', () => {
  expect(collect([], ['a'], true)).toEqual({ order: ['a'], waiting: [] });
});
