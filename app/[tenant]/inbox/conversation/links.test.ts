import { expect, test } from 'vitest';
import { linkPieces } from './links.ts';

test('a web address becomes a link and the Japanese full stop after it doesn’t', () => {
  expect(linkPieces('詳しくは https://example.jp/a?b=1。よろしく')).toEqual([
    { text: '詳しくは ', href: null },
    { text: 'https://example.jp/a?b=1', href: 'https://example.jp/a?b=1' },
    { text: '。よろしく', href: null },
  ]);
});

test('nothing but http and https is followed', () => {
  expect(linkPieces('javascript:alert(1) data:text/html,x')).toEqual([
    { text: 'javascript:alert(1) data:text/html,x', href: null },
  ]);
});

test('the pieces together are the text', () => {
  const text = 'a http://x.example/) (http://y.example/z(1)) http://z.example. 終わり';
  expect(
    linkPieces(text)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
});

test('an address that leads elsewhere than it seems is not followed', () => {
  const plain = (text: string) => expect(linkPieces(text)).toEqual([{ text, href: null }]);
  plain('https://bank.example.jp@evil.example/');
  plain('https://bank.example.jp:80@evil.example/');
  plain('https://!');
});

test('an address ends before marks that turn the direction of the text', () => {
  expect(linkPieces('https://x.example/\u202egpj.exe')).toEqual([
    { text: 'https://x.example/', href: 'https://x.example/' },
    { text: '\u202egpj.exe', href: null },
  ]);
});

test('half a million dots are done at once', () => {
  const start = performance.now();
  expect(linkPieces(`https://x.example/${'.'.repeat(500_000)}x`)).toHaveLength(1);
  expect(performance.now() - start).toBeLessThan(2000);
});
