import { expect, test } from 'vitest';
import { MAIL_CONTENT_CSP, type MailDocument, mailHtmlDocument } from '#lib/mail/html/document.ts';
import { sanitiseMailHtml } from '#lib/mail/html/sanitise.ts';
import { htmlToText } from '#lib/mail/html/to-text.ts';

const clean = (html: string) =>
  sanitiseMailHtml(html, { cidUrl: (cid) => (cid === 'known@x' ? '/cid/known' : null), remoteImages: false });

/** Ways to load or run something; none may leave a remote address in an attribute that loads, nor anything that runs. */
const VECTORS = [
  '<img src="https://t.example.com/a.gif">',
  '<img srcset="https://t.example.com/a.gif 1x">',
  '<img src=//t.example.com/a.gif>',
  '<IMG SRC="HTTPS://t.example.com/a.gif" ALT="x">',
  '<table background="https://t.example.com/a.gif"><tr><td background="https://t.example.com/b.gif">x</td></tr></table>',
  '<body background="https://t.example.com/a.gif">x',
  '<div style="background:url(https://t.example.com/a.gif)">x</div>',
  '<div style="background-image:u\\72l(https://t.example.com/a.gif)">x</div>',
  '<div style="background:image-set(\'https://t.example.com/a.gif\' 1x)">x</div>',
  '<div style="width:expression(alert(1))">x</div>',
  '<ul style="list-style:url(https://t.example.com/a)"><li>x</ul>',
  '<style>@import "https://t.example.com/a.css"; body{background:url(https://t.example.com/b)}</style>x',
  '<link rel=stylesheet href="https://t.example.com/a.css">',
  '<link rel=prefetch href="https://t.example.com/a">',
  '<meta http-equiv=refresh content="0;url=https://t.example.com/">',
  '<base href="https://t.example.com/">',
  '<iframe src="https://t.example.com/"></iframe>',
  '<iframe srcdoc="<img src=https://t.example.com/a>"></iframe>',
  '<object data="https://t.example.com/a"></object><embed src="https://t.example.com/a">',
  '<video poster="https://t.example.com/a" src="https://t.example.com/b"></video><audio src="https://t.example.com/a"></audio>',
  '<picture><source srcset="https://t.example.com/a"><img src="cid:known@x"></picture>',
  '<svg><image href="https://t.example.com/a"/><use xlink:href="https://t.example.com/b"/></svg>',
  '<img src="data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=">',
  '<math><mi xlink:href="https://t.example.com/a">x</mi></math>',
  '<form action="https://t.example.com/"><input type=image src="https://t.example.com/a"><button formaction="https://t.example.com/">x</button></form>',
  '<script src="https://t.example.com/a.js"></script><script>alert(1)</script>',
  '<img src=x onerror="alert(1)"><div onclick="alert(1)">x</div>',
  '<a href="javascript:alert(1)">x</a><a href=" java\nscript:alert(1)">x</a><a href="data:text/html,x">x</a><a href="vbscript:x">x</a>',
  '<a ping="https://t.example.com/p" href="https://ok.example.jp/">x</a>',
  '<input type=hidden><textarea><img src="https://t.example.com/a"></textarea><noscript><img src="https://t.example.com/a"></noscript>',
  '<template><img src="https://t.example.com/a"></template><!-- <img src="https://t.example.com/a"> -->',
  '<title><img src="https://t.example.com/a"></title>',
];

test.each(VECTORS)('nothing loads and nothing runs in %s', (html) => {
  const out = clean(html).html;
  expect(out).not.toContain('t.example.com');
  expect(out).not.toMatch(
    /\son\w+=|javascript:|vbscript:|data:text|data:image\/svg|<(script|style|link|meta|base|iframe|object|embed|video|audio|source|svg|form|input|button|template)/i,
  );
});

test('pictures from outside become their alt text and are counted', () => {
  expect(
    clean(
      '<p>a<img src="https://t.example.com/a.gif" alt="割引 &lt;50%"><img src="http://t.example.com/p" width=1></p>',
    ),
  ).toEqual({
    html: '<p>a<span class="blocked-image">割引 &lt;50%</span><span class="blocked-image"></span></p>',
    blockedRemote: 2,
  });
});

test('pictures of the mail itself are shown by the given URL, unknown ones are not', () => {
  expect(clean('<img src="cid:known@x" alt="a"><img src="CID:known%40x"><img src="cid:other">').html).toBe(
    '<img src="/cid/known" alt="a" loading="lazy" /><img src="/cid/known" loading="lazy" /><span class="blocked-image"></span>',
  );
});

test('links open apart and without referrer', () => {
  expect(clean('<a href="https://shop.example.jp/" target="_self" rel="opener">店</a>').html).toBe(
    '<a href="https://shop.example.jp/" target="_blank" rel="noreferrer noopener">店</a>',
  );
});

test.each([
  '/acme/settings',
  '?images=1',
  '#top',
  'https:acme',
  'https:/acme',
  '\\\\evil.example',
  'www.example.jp',
  'java&Tab;script:x',
])('a link that names no place of its own is none: %s', (href) => {
  expect(clean(`<a href="${href}" title="https://bank.example.jp/" name="n">x</a>`).html).toBe('<a name="n">x</a>');
});

test('a link has no title, which could name another address beside the pointer', () => {
  expect(clean('<a href="https://evil.example/" title="https://bank.example.jp/">x</a>').html).not.toContain('bank');
});

test.each([
  `font-family:'a\nb;position:fixed;inset:0;x:'`,
  `font-family:'a&#12;;position:fixed;x:'`,
  `color: //**/*;font-family:'*/;position:fixed;x:'`,
])('no property hides in a string that the browser ends earlier: %s', (style) => {
  expect(clean(`<p style="${style}">x</p>`).html).not.toContain('position');
});

test.each(['cid:', 'cid:.', 'cid:..', 'cid:%2e%2e'])('%s names no picture', (src) => {
  const options = { cidUrl: (cid: string) => `m/cid/${cid}`, remoteImages: false } as const;
  expect(sanitiseMailHtml(`<img src="${src}">`, options).html).toBe('<span class="blocked-image"></span>');
});

/** What the parser keeps open, though a count of tags wouldn't say so. */
const DEEP = ['<x-y>', '<b"><i">', '<div></z>', '<div><!--</div>-->', `<${'n'.repeat(40)}>`, '<div>'];

test.each(DEEP)('3 MB of open %s become text in bounded time', (unit) => {
  const start = performance.now();
  const out = clean(`${unit.repeat(Math.ceil(2_900_000 / unit.length))}<i>要件</i>${'</zzz>'.repeat(10_000)}`);
  expect(out.html).toBe('<div style="white-space:pre-wrap">要件</div>');
  expect(performance.now() - start).toBeLessThan(10_000);
});

test('a deep mail keeps its outer form and all its words', () => {
  const out = clean(`${'<div>'.repeat(1000)}<b>要件</b>${'</div>'.repeat(1000)}<b>続き</b>`).html;
  expect(out).toBe(`${'<div>'.repeat(250)}要件${'</div>'.repeat(250)}<b>続き</b>`);
});

test('paragraphs that are never closed are not deep', () => {
  expect(clean('<p>x'.repeat(3000)).html).toBe('<p>x</p>'.repeat(3000));
});

test.each(['\u3000', '\t', '<pre>\t', '\n', '\v'])(
  'a run of white space is turned into text in bounded time: %j',
  (unit) => {
    const start = performance.now();
    htmlToText(`x${unit}${unit.slice(-1).repeat(500_000)}x`);
    expect(performance.now() - start).toBeLessThan(2000);
  },
);

test('ordinary formatting stays', () => {
  const html =
    '<p style="color:#ff0000;margin:0 auto;background-color:rgb(1,2,3)">赤<b>太</b></p><table border="1"><tr><td bgcolor="#eee" colspan="2">x</td></tr></table>';
  expect(clean(html).html).toBe(html);
});

test('3 MB and more of HTML is cut and done in bounded time', () => {
  const start = performance.now();
  const out = clean('<p style="color:red">段落<b>x</b></p>'.repeat(200_000)).html;
  expect(out.length).toBeLessThan(4_500_000);
  expect(performance.now() - start).toBeLessThan(10_000);
});

test('the document runs nothing, and shows a mail with colours of its own on paper', () => {
  const page = mailHtmlDocument('<p>x</p>', { nonce: 'abc"><script>' });
  expect(page).toContain('<base target="_blank">');
  expect(page).toContain('<meta http-equiv="x-dns-prefetch-control" content="off">');
  expect(page).not.toContain('<script');
  expect(page).not.toContain('class="paper"');
  expect(mailHtmlDocument('<p style="color:red">x</p>')).toContain('class="paper"');
});

test('the document follows the theme set by hand, and tells the page around it of pictures from outside', () => {
  const head = (html: string, options: MailDocument) => /<html[^>]*>/.exec(mailHtmlDocument(html, options))?.[0];
  expect(head('<p>x</p>', { theme: 'dark', remote: { count: 3, shown: 'once' } })).toBe(
    '<html lang="ja" class="dark" data-remote="3" data-shown="once">',
  );
  expect(head('<p style="color:red">x</p>', { theme: 'dark' })).toContain('class="dark paper"');
  expect(head('<p>x</p>', {})).toBe('<html lang="ja" data-remote="0" data-shown="no">');
});

test('opened in a tab of its own the mail is no freer than in the frame', () => {
  expect(MAIL_CONTENT_CSP).toMatch(/; sandbox (?!.*allow-(?:scripts|forms|top-navigation))/);
});
