import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import iconv from 'iconv-lite';
import pg from 'pg';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageQuery } from '#lib/attachments/image-link.ts';
import { putBlob, removeBlob } from '#lib/blobs/index.ts';
import { newId } from '#lib/ids.ts';
import { MAIL_CONTENT_CSP } from '#lib/mail/html/document.ts';
import { type Company, makeCompany } from '#tests/e2e/web/company.ts';
import { signInAs } from '#tests/e2e/web/session.ts';
import { newPerson, startBrowser } from '#tests/support/browser.ts';
import { ATTACKS, loadVectors } from '#tests/support/html-vectors.ts';
import { migrateUrl, urls } from '#tests/support/stack.ts';

/** HTML mails through the real route, in a real browser; a server of the sender's counts who asks it for anything. */
const [base] = urls;
const SANDBOX = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox';

let browser: Browser;
let company: Company;
let cookie: string;
let hits: string[] = [];
const evil = http.createServer((request, response) => {
  hits.push(`${request.method} ${request.url}`);
  response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'image/gif' }).end('GIF89a');
});
const evilUrl = () => `http://127.0.0.1:${(evil.address() as AddressInfo).port}`;

beforeAll(async () => {
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  company = await makeCompany(migrateUrl, async (id, bytes) => (await putBlob(id, bytes)).sha256);
  cookie = await signInAs(base, company.email.supervisor);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  evil.close();
});

type Written = { subject: string; raw: Buffer; hasHtml: boolean; minutes: number };

/** Puts mails into the company's case as the receiving job would have; returns their ids. */
async function arrived(mails: Written[]): Promise<string[]> {
  const db = new pg.Client({ connectionString: migrateUrl });
  await db.connect();
  const ids: string[] = [];
  for (const { subject, raw, hasHtml, minutes } of mails) {
    const { sha256 } = await putBlob(company.tenantId, raw);
    const id = newId();
    ids.push(id);
    await db.query(
      `INSERT INTO message (tenant_id, id, conversation_id, mailbox_id, direction, class, class_rule, subject, text, has_html,
         raw_sha256, from_name, from_address, in_reply_to, "references", occurred_at, content_seq)
       VALUES ($1, $2, $3, $4, 'in', 'human', 'test', $5, '・・・', $6, $7, '佐々木 恵', 'megumi@customer.example', '{}', '{}',
         now() + make_interval(mins => $8), 1)`,
      [company.tenantId, id, company.conversation, company.seenMailbox, subject, hasHtml, sha256, minutes],
    );
  }
  await db.end();
  return ids;
}

const htmlMail = (html: string, minutes = -60) => ({
  subject: 'HTML',
  raw: Buffer.from(`From: a@customer.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`),
  hasHtml: true,
  minutes,
});

async function person(): Promise<{ context: BrowserContext; page: Page; refused: string[]; foreign: string[] }> {
  const context = await newPerson(browser, { viewport: { width: 1440, height: 900 } });
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: base };
    }),
  );
  const refused: string[] = [];
  const foreign: string[] = [];
  await context.exposeFunction('refusedByPolicy', (text: string) => void refused.push(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const told = window as unknown as { refusedByPolicy: (text: string) => void };
      told.refusedByPolicy(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  context.on('request', (request) => {
    if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url())) foreign.push(request.url());
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return { context, page, refused, foreign };
}

/** Shows mails in frames as the inbox does, a few at a time, and what is in them once they are loaded. */
async function inFrames(page: Page, ids: readonly string[], query: string) {
  const found = [];
  for (let at = 0; at < ids.length; at += 12) {
    const paths = ids.slice(at, at + 12).map((id) => `/api/t/${company.slug}/mail-content/${id}${query}`);
    found.push(
      ...(await page.evaluate(
        async ([sources, sandbox]) =>
          Promise.all(
            sources.map(async (src) => {
              const frame = document.createElement('iframe');
              frame.setAttribute('sandbox', sandbox);
              frame.style.cssText = 'position:fixed;left:0;bottom:0;width:300px;height:100px';
              frame.src = src;
              const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
              document.body.append(frame);
              await loaded;
              await new Promise((resolve) => setTimeout(resolve, 150));
              const page = frame.contentDocument;
              const told = {
                ours: page?.documentElement.dataset.remote !== undefined,
                path: frame.contentWindow?.location.pathname ?? '',
                elements: [...new Set([...(page?.body.querySelectorAll('*') ?? [])].map((e) => e.localName))],
                attributes: [
                  ...new Set([...(page?.body.querySelectorAll('*') ?? [])].flatMap((e) => e.getAttributeNames())),
                ],
                // The host beside a link is ours, and no mail can give itself its class.
                positions: [...(page?.body.querySelectorAll('*:not(.link-host)') ?? [])]
                  .slice(0, 300)
                  .map((e) => frame.contentWindow?.getComputedStyle(e).position ?? ''),
              };
              frame.remove();
              return told;
            }),
          ),
        [paths, SANDBOX] as const,
      )),
    );
  }
  return found;
}

const ALLOWED = new Set(
  (
    'a abbr address b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em ' +
    'figcaption figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rb rp rt ruby s samp section article header ' +
    'footer main small span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var wbr'
  ).split(' '),
);

describe('a hostile mail', () => {
  it('makes no browser ask for anything, in 139 ways, with pictures off and on', async () => {
    const ids = await arrived(loadVectors(evilUrl()).map((html) => htmlMail(html)));
    expect(ids.length).toBeGreaterThan(130);
    const { context, page, refused, foreign } = await person();
    await page.goto(`${base}/${company.slug}/inbox`);
    hits = [];
    for (const query of ['?images=0', '?images=1']) {
      const shown = await inFrames(page, ids, query);
      expect(shown.every(({ ours }) => ours)).toBe(true);
    }
    expect(hits).toEqual([]);
    expect(foreign).toEqual([]);
    // The sanitiser alone has done it: nothing was left for the policy to refuse.
    expect(refused.filter((text) => !text.startsWith('script-src'))).toEqual([]);
    await context.close();
  });

  it('would not get past the second wall either: the frame and its policy, without the sanitiser', async () => {
    const vectors = loadVectors(evilUrl());
    const host = http.createServer((request, response) => {
      const index = /^\/mail\/(\d+)$/.exec(request.url ?? '')?.[1];
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      if (index === undefined) response.end('<!doctype html><body>');
      else response.setHeader('Content-Security-Policy', MAIL_CONTENT_CSP).end(vectors[Number(index)]);
    });
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    const context = await newPerson(browser, {});
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}/`);
    hits = [];
    await page.evaluate(
      async ([count, sandbox]) => {
        for (let at = 0; at < count; at += 12) {
          const frames = Array.from({ length: Math.min(12, count - at) }, (_, n) => {
            const frame = document.createElement('iframe');
            frame.setAttribute('sandbox', sandbox);
            frame.src = `/mail/${at + n}`;
            document.body.append(frame);
            return frame;
          });
          await new Promise((resolve) => setTimeout(resolve, 500));
          for (const frame of frames) frame.remove();
        }
      },
      [vectors.length, SANDBOX] as const,
    );
    expect(hits).toEqual([]);
    await context.close();
    host.close();
  });

  it('runs nothing, leaves its frame by no way and lays nothing over our page', async () => {
    const ids = await arrived(ATTACKS.map((html) => htmlMail(html)));
    const { context, page, foreign } = await person();
    const dialogs: string[] = [];
    const popups: Page[] = [];
    page.on('dialog', (dialog) => void dialogs.push(dialog.message()));
    await page.goto(`${base}/${company.slug}/inbox`);
    const address = page.url();
    context.on('page', (popup) => void popups.push(popup));
    const shown = await inFrames(page, ids, '?images=1');
    expect(shown).toHaveLength(ATTACKS.length);
    for (const [index, { ours, path, elements, attributes, positions }] of shown.entries()) {
      const attack = ATTACKS[index]?.slice(0, 80) ?? '';
      expect([attack, ours, path]).toEqual([attack, true, `/api/t/${company.slug}/mail-content/${ids[index]}`]);
      expect([attack, elements.filter((name) => !ALLOWED.has(name))]).toEqual([attack, []]);
      expect([attack, attributes.filter((name) => /^on|^(id|srcdoc|action|ping|background)$/.test(name))]).toEqual([
        attack,
        [],
      ]);
      expect([attack, positions.filter((position) => position !== 'static')]).toEqual([attack, []]);
    }
    expect(await page.evaluate(() => (window as unknown as { hacked?: number }).hacked)).toBeUndefined();
    expect([page.url(), dialogs, popups.length, foreign]).toEqual([address, [], 0, []]);
    await context.close();
  });
});

describe('the picture proxy', () => {
  const ask = (query: string, as: string | null = cookie) =>
    fetch(`${base}/api/t/${company.slug}/mail-image?${query}`, { headers: as ? { cookie: as } : {} });
  const good = () => imageQuery(company.tenantId, company.message, `${evilUrl()}/a.gif`);

  it('answers nobody, no stranger and no forged link', async () => {
    expect((await ask(good(), null)).status).toBe(401);
    expect((await ask(good().replace(/s=./, 's=_'))).status).toBe(404);
    expect((await ask('')).status).toBe(422);
    const theirs = await makeCompany(migrateUrl, async (id, bytes) => (await putBlob(id, bytes)).sha256);
    expect((await ask(good(), await signInAs(base, theirs.email.supervisor))).status).toBe(404);
    expect((await ask(good(), await signInAs(base, company.email.admin))).status).toBe(403);
  });

  it('asks nothing in our own network, though the mail servers of this test stand there', async () => {
    hits = [];
    expect((await ask(good())).status).toBe(404);
    expect(hits).toEqual([]);
  });
});

describe('a person', () => {
  const HTML = `<p>見積もりをお願いします。</p><p>詳しくは <a href="https://evil.example/login">https://bank.example/</a> へ。</p>
    <p><img src="EVIL/a.gif" alt="商品の写真"><img src="EVIL/b.gif"></p>
    <div class="gmail_quote"><div class="gmail_attr">2026年11月20日(金) 10:00 窓口 &lt;shop@example.jp&gt;:<br></div><blockquote class="gmail_quote">先日の件、いかがでしょうか。</blockquote></div>`;

  it('sees pictures when they ask, where a link leads, the quotation, another charset, and the source', async () => {
    const text = 'ご注文の品が届きました。ありがとうございます。';
    const raw = iconv.encode(`From: Megumi <megumi@customer.example>\r\nSubject: ご注文\r\n\r\n${text}`, 'shift_jis');
    await arrived([
      { subject: '文字化け', raw, hasHtml: false, minutes: 1 },
      htmlMail(HTML.replaceAll('EVIL', evilUrl()), 2),
    ]);
    const { context, page, foreign } = await person();
    await page.goto(`${base}/${company.slug}/inbox?c=${company.conversation}`);
    const mail = page.getByRole('article').last();
    const frame = mail.frameLocator('iframe');
    await mail.getByText('外部の画像を表示していません（2枚）').waitFor();
    await frame.getByText('商品の写真').waitFor();
    await frame.getByText('リンク先: evil.example').waitFor();
    expect(await frame.getByText('先日の件').isVisible()).toBe(false);
    await frame.getByText('引用を表示（2行）').click();
    await frame.getByText('先日の件').waitFor();

    const asked = page.waitForRequest((request) => request.url().includes('/mail-image?'));
    await mail.getByRole('button', { name: 'このメールで表示' }).click();
    expect((await asked).url().startsWith(base)).toBe(true);
    await mail.getByText('外部の画像を表示しています（2枚）').waitFor();
    await mail.getByRole('button', { name: 'この差出人はいつも表示' }).click();
    await mail.getByText('この差出人の外部の画像をいつも表示しています（2枚）').waitFor();
    await page.reload();
    await mail.getByRole('button', { name: '今後は表示しない' }).click();
    await mail.getByText('外部の画像を表示していません（2枚）').waitFor();

    const other = page.getByRole('article').nth(-2);
    await other.getByRole('button', { expanded: false }).first().click();
    await other.getByRole('button', { name: 'このメールの操作' }).click();
    await page.getByRole('menuitemradio', { name: 'Shift_JIS' }).click();
    await other.getByText(text).waitFor();
    await other.getByText('Shift_JIS として表示しています').waitFor();
    await other.getByRole('button', { name: '元に戻す' }).click();
    await other.getByText('・・・').waitFor();

    await mail.getByRole('button', { name: 'このメールの操作' }).click();
    await page.getByRole('menuitem', { name: 'ヘッダーと原文' }).click();
    const dialog = page.getByRole('dialog', { name: 'ヘッダーと原文' });
    await dialog.getByText('a@customer.example').waitFor();
    await dialog.getByText('そのまま').click();
    await dialog.getByText('Content-Type: text/html; charset=utf-8').waitFor();
    const saved = page.waitForEvent('download');
    await dialog.getByRole('link', { name: /元のメールを保存する/ }).click();
    expect((await saved).suggestedFilename()).toBe('HTML.eml');
    expect(foreign).toEqual([]);
    await context.close();
  });

  it('is told plainly where the original of a mail is gone', async () => {
    const mail = htmlMail(`<p>${newId()}</p>`, 10);
    await arrived([mail]);
    await removeBlob(company.tenantId, createHash('sha256').update(mail.raw).digest('hex'));
    const { context, page } = await person();
    await page.goto(`${base}/${company.slug}/inbox?c=${company.conversation}`);
    const shown = page.getByRole('article').last();
    await shown.getByText('元のデザインを表示できないため、文字だけで表示しています。').waitFor();
    await shown.getByText('・・・').waitFor();
    await shown.getByRole('button', { name: 'このメールの操作' }).click();
    await page.getByRole('menuitem', { name: 'ヘッダーと原文' }).click();
    await page.getByRole('dialog').getByText('このメールの元のデータは保存されていません。').waitFor();
    await page.keyboard.press('Escape');
    await shown.getByRole('button', { name: 'このメールの操作' }).click();
    await page.getByRole('menuitemradio', { name: 'EUC-JP' }).click();
    await shown.getByText('EUC-JP で読み直せませんでした').waitFor();
    await context.close();
  });
});
