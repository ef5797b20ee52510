import { expect, it } from 'vitest';
import { arrangeMailHtml } from '#lib/mail/html/arrange.ts';
import { presentMailHtml } from '#lib/mail/html/present.ts';

const words = { quote: (n: number) => `引用を表示（${n}行）`, linkTo: (host: string) => `リンク先: ${host}` };
const kept = (html: string) => arrangeMailHtml(html, { cidUrl: (cid) => `m/cid/${cid}`, subject: '' });
const present = (html: string, remoteImages: false | ((url: string) => string)) =>
  presentMailHtml(kept(html).html, { remoteImages, words });
const PICTURE = '<img width=3 src="https://t.example.com/a.png?x=1&amp;y=&quot;" alt="A&lt;B" nowrap>';

it('what is kept loads nothing and knows every picture', () => {
  const { html, blockedRemote } = kept(`${PICTURE}<img src="//t.example.com/b">`);
  expect(html).not.toContain('t.example.com');
  expect(blockedRemote).toBe(2);
});

it('shows a picture from outside as its words, or by the address of our proxy', () => {
  expect(present(PICTURE, false)).toBe('<span class="blocked-image">A&lt;B</span>');
  const asked: string[] = [];
  const proxy = (url: string) => {
    asked.push(url);
    return `../mail-image?m=1&u=${encodeURIComponent(url)}`;
  };
  expect(present(PICTURE, proxy)).toBe(
    '<img width="3" src="../mail-image?m=1&amp;u=https%3A%2F%2Ft.example.com%2Fa.png%3Fx%3D1%26y%3D%2522" alt="A&lt;B" loading="lazy" />',
  );
  expect(asked).toEqual(['https://t.example.com/a.png?x=1&y=%22']);
});

it('shows a hundred different pictures and no more', () => {
  const html = Array.from(
    { length: 130 },
    (_, n) => `<img src="https://t.example.com/${n}"><img src="https://t.example.com/${n}">`,
  );
  const out = present(html.join(''), (url) => url);
  expect(out.match(/<img /g)).toHaveLength(200);
  expect(out.match(/blocked-image/g)).toHaveLength(60);
});

it('words the fold and the true host in the reader’s language', () => {
  const out = present(
    '<p>x</p><a href="https://evil.example/">bank.co.jp</a><blockquote type=cite>q</blockquote>',
    false,
  );
  expect(out).toContain('<summary>引用を表示（1行）</summary>');
  expect(out).toContain('<span class="link-host">リンク先: evil.example</span>');
});

it('takes a mail’s own text for text', () => {
  const text = '&lt;img src="mg-remote:eA" /&gt; &lt;summary data-lines="1"&gt;&lt;/summary&gt;';
  expect(present(`<p>${text}</p>`, (url) => url)).toBe(`<p>${text}</p>`);
});

it.each([
  'https://u:p@t.example.com/a',
  'http://',
  'https:/t.example.com/a',
  'ht\ntps://t.example.com/a',
  `https://t.example.com/${'a'.repeat(5000)}`,
])('a picture at %s is none', (src) =>
  expect(present(`<img src="${src}">`, (url) => url)).toBe('<span class="blocked-image"></span>'),
);
