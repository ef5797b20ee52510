import { describe, expect, it } from 'vitest';
import { arrangeMailHtml } from '#lib/mail/html/arrange.ts';

const kept = (html: string, subject = 'Re: 注文について') => arrangeMailHtml(html, { cidUrl: () => null, subject });
const shown = (html: string, subject?: string) => kept(html, subject).html;
const folded = (html: string, subject?: string) => /<details>(.*)<\/details>/s.exec(shown(html, subject))?.[1] ?? null;
const OUTLOOK = '<b>差出人:</b> 窓口<br><b>送信日時:</b> 2026年11月20日 10:00<br><b>件名:</b> 注文について';

describe('a quotation at the end is folded and not deleted', () => {
  it.each([
    [
      'Gmail',
      '<div dir="ltr">了解です</div><div class="gmail_quote"><div class="gmail_attr">2026年11月20日(金) 10:00 窓口 &lt;shop@example.jp&gt;:<br></div><blockquote class="gmail_quote">引用文</blockquote></div>',
    ],
    [
      'Thunderbird',
      '<p>了解です</p><div class="moz-cite-prefix">On 2026/11/20 10:00, Shop wrote:<br></div><blockquote type="cite" cite="mid:x">引用文</blockquote>',
    ],
    [
      'Apple Mail',
      '<div>了解です</div><div><br><blockquote type="cite"><div>2026/11/20 10:00、窓口 &lt;shop@example.jp&gt;のメール:</div><div>引用文</div></blockquote></div>',
    ],
    [
      'Outlook on the web',
      `<div>了解です</div><hr><div id="divRplyFwdMsg"><font>${OUTLOOK}</font></div><div>引用文</div>`,
    ],
    [
      'Outlook on the web, answered there again',
      `<div>了解です</div><hr><div id="x_divRplyFwdMsg"><font>${OUTLOOK}</font></div><div>引用文</div>`,
    ],
    [
      'Outlook for Windows',
      `<div class="WordSection1"><p>了解です</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0mm 0mm 0mm"><p>${OUTLOOK}</p></div></div><p>引用文</p></div>`,
    ],
    ['Outlook without its line', `<div>了解です</div><div>${OUTLOOK}<br></div><div>引用文</div>`],
    [
      'Yahoo! Japan',
      '<div>了解です</div><div>----- Original Message -----<br>From: 窓口<br>To: 山田<br>Subject: x<br><br>引用文</div>',
    ],
    ['yahoo.com', '<div>了解です</div><div class="yahoo_quoted"><div>引用文</div></div>'],
    ['Proton', '<div>了解です</div><div class="protonmail_quote">引用文</div>'],
    [
      'a blockquote below an English line',
      '<p>ok 了解です</p>On Fri, Nov 20, 2026 Shop wrote:<br><blockquote>引用文</blockquote>',
    ],
    [
      'a blockquote below a Japanese line',
      '<p>了解です</p><p>2026年11月20日 10:00 窓口:</p><blockquote>引用文</blockquote>',
    ],
    [
      'text with marks',
      '<div style="white-space:pre-wrap">了解です\n\n窓口さんは書きました:</div><div>&gt; 引用文</div>',
    ],
    [
      'a cell of a table',
      '<table><tr><td>了解です</td></tr><tr><td><blockquote type="cite">引用文</blockquote></td></tr></table>',
    ],
  ])('%s', (_name, html) => {
    expect(folded(html)).toContain('引用文');
    expect(folded(html)).not.toContain('了解です');
    expect(shown(html)).toMatch(/了解です.*<summary data-lines="[1-9]\d*"><\/summary>/s);
  });

  it('with the line that names its writer', () => {
    const html = '<p>了解です</p><p>2026年11月20日 10:00 窓口:</p><blockquote type="cite">引用文</blockquote>';
    expect(folded(html)).toContain('10:00 窓口:');
  });
});

describe('not folded is', () => {
  const forward = `<div>ご確認ください</div><hr><div id="divRplyFwdMsg">${OUTLOOK}</div><div>元の文</div>`;
  it.each([
    ['what somebody forwards, by its subject', forward, 'FW: 注文について'],
    ['what somebody forwards, in Japanese', forward, '転送：注文について'],
    [
      'what Gmail forwards',
      '<div>見てください</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>差出人: 山田<br></div>元の文</div>',
      undefined,
    ],
    ['a quotation with the answer below it', '<blockquote type="cite">引用文</blockquote><p>答えです</p>', undefined],
    [
      'a quotation answered between its lines',
      '<p>下に</p><blockquote type="cite">一</blockquote><p>答え一</p><blockquote type="cite">二</blockquote><p>答え二</p>',
      undefined,
    ],
    [
      'a quotation above a picture of one’s own',
      '<p>x</p><blockquote type="cite">q</blockquote><img src="cid:a">',
      undefined,
    ],
    ['a mail that is nothing but a quotation', '<blockquote type="cite">引用文</blockquote>', undefined],
    ['rows of a table that hold both', `<p>x</p><table><tr><td>y</td></tr></table>`, undefined],
  ])('%s', (_name, html, subject) => {
    expect(folded(html.replace('cid:a', 'https://t.example.com/a'), subject)).toBeNull();
  });
});

it('keeps every word of a mail that it folds', () => {
  const words = (html: string) => html.replace(/<[^>]*>/g, '');
  const html = `<p>一</p><div><div id="divRplyFwdMsg">${OUTLOOK}</div><p>二</p></div><p>三</p>`;
  expect(words(shown(html))).toBe(words(html));
});

it('lets no mail write our own marks', () => {
  const forged =
    '<div data-quote="rest">a</div><td data-quote="block">b</td><details><summary data-lines="9">c</summary></details><span class="link-host">bank.example</span><img src="mg-remote:aHR0cDovL3guZXhhbXBsZS8">';
  expect(shown(forged)).toBe('<div>a</div><td>b</td>c<span>bank.example</span><span class="blocked-image"></span>');
});

describe('a link', () => {
  const link = (href: string, words: string) => shown(`<a href="${href}">${words}</a>`);
  const note = (href: string, words: string) => /<span class="link-host">(.*?)<\/span>/.exec(link(href, words))?.[1];

  it('says beside the pointer where it leads', () => {
    expect(link('https://shop.example.jp:8443/a?b=1', 'こちら')).toContain('title="shop.example.jp:8443"');
    expect(link('mailto:help@example.jp?subject=x', 'こちら')).toContain('title="help@example.jp"');
  });

  it.each([
    ['https://evil.example/', 'www.bank.co.jp', 'evil.example'],
    ['https://evil.example/', 'https://bank.co.jp/login', 'evil.example'],
    ['https://evil.example/', 'ｂａｎｋ．ｃｏ．ｊｐ', 'evil.example'],
    ['https://evil.example/', 'bank。co。jp', 'evil.example'],
    ['https://evil.example/', 'ba\u200bnk.co.jp', 'evil.example'],
    ['https://evil.example/', '<b>bank</b>.co.jp', 'evil.example'],
    ['https://evil.example/', '<img src="x" alt="bank.co.jp">', 'evil.example'],
    ['https://bank.co.jp.evil.example/', 'bank.co.jp', 'bank.co.jp.evil.example'],
    ['https://evilbank.co.jp/', 'bank.co.jp', 'evilbank.co.jp'],
    ['https://203.0.113.9/', 'bank.co.jp', '203.0.113.9'],
    ['https://3405803785/', 'bank.co.jp', '203.0.113.9'],
    ['mailto:x@evil.example', 'help@bank.co.jp', 'x@evil.example'],
    ['https://evil.example/', '口座は bank.co.jp と shop.example で確認', 'evil.example'],
  ])('to %s that reads "%s" names its true host', (href, words, host) => {
    expect(note(href, words)).toBe(host);
  });

  it.each([
    ['https://www.example.jp/a', 'example.jp'],
    ['https://example.jp/', 'https://www.example.jp/a'],
    ['https://example.jp/', 'EXAMPLE.JP'],
    ['https://files.example.jp/', '見積書.pdf'],
    ['https://example.jp/', 'こちら'],
    ['https://example.jp/', 'Ver.2.1 の説明'],
    ['mailto:help@example.jp', 'help@example.jp'],
  ])('to %s that reads "%s" needs no word more', (href, words) => expect(note(href, words)).toBeUndefined());

  it('to a host in other letters shows them, and what it is written as', () => {
    const { hostname } = new URL('https://аррle.example/');
    expect(note('https://аррle.example/', 'apple.example')).toBe(`аррle.example (${hostname})`);
    expect(note('https://xn--r8jz45g.jp/', '例え.jp')).toBe('例え.jp (xn--r8jz45g.jp)');
  });

  it.each(['https://bank.example@evil.example/', 'https://bank.example:80@evil.example/', 'https://[', 'http://'])(
    'that hides its host or has none is no link: %s',
    (href) => expect(link(href, 'x')).toBe('<a>x</a>'),
  );
});

it.each([
  ['60,000 links', '<a href="https://evil.example/">www.bank.co.jp</a>'.repeat(60_000)],
  ['20,000 quotations in each other', '<blockquote type=cite>'.repeat(20_000)],
  ['100,000 quotations beside each other', '<blockquote>x</blockquote>y'.repeat(100_000)],
  ['a million lines', `<p>x</p>${'&gt;<br>'.repeat(400_000)}`],
  ['a link of dots', `<a href="https://evil.example/">${'a.'.repeat(500_000)}</a>`],
  ['many pictures', '<img src="https://t.example.com/a">'.repeat(80_000)],
])('%s are done in bounded time', (_name, html) => {
  const start = performance.now();
  kept(html);
  expect(performance.now() - start).toBeLessThan(15_000);
});
