import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTEMPTS } from '#lib/auth/rate-limit.ts';
import { member, visitor } from '#tests/e2e/support/person.ts';
import * as screen from '#tests/e2e/support/screen.ts';
import { closeShops, db, newShop, type Shop, until } from '#tests/e2e/support/shop.ts';
import { PASSWORD } from '#tests/e2e/web/company.ts';
import { submitSignIn } from '#tests/e2e/web/session.ts';
import { startBrowser } from '#tests/support/browser.ts';
import { letter } from '#tests/support/letters.ts';
import { productEnv, sink, urls } from '#tests/support/stack.ts';
import { freePort, logsDir, startWeb } from '../../../bin/support/servers.mjs';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  // Everybody in these tests comes from one address.
  await db.$executeRaw`DELETE FROM login_attempt`;
  await closeShops();
});

const SUBJECT = '返品の方法を教えてください';
const WORDS = '返品は商品到着から8日以内に承ります。';

/** 佐藤 with one 案件 open, of a customer whom no other test knows. */
async function atOneCase(shop: Shop, base = urls[0]) {
  const customer = `aoi@${shop.slug}-home.example`;
  await shop.deliver(letter({ subject: SUBJECT, from: `中村 葵 <${customer}>`, to: shop.address }));
  const person = await member(shop, 'sato', { browser, base });
  await screen.open(person.page, SUBJECT);
  return { ...person, customer };
}

const fillSignIn = async (page: Page, email: string, password: string) => {
  await page.getByRole('textbox', { name: 'メールアドレス' }).fill(email);
  await page.getByLabel('パスワード', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'サインイン' }).click();
};
const alert = (page: Page, text: string) => page.getByRole('alert').filter({ hasText: text }).first();

describe('sign-in', () => {
  it('says the same of a wrong password and an unknown address, and keeps the address', async () => {
    const shop = await newShop({ account: false });
    const { context, page } = await visitor({ browser });
    await page.goto(`${urls[0]}/sign-in`);
    const told: (string | null)[] = [];
    for (const email of [shop.emailOf('sato'), `nobody@${shop.slug}.example`]) {
      await fillSignIn(page, email, 'wrong password');
      await page.getByText('メールアドレスかパスワードが違います。入れ直してください。').waitFor();
      told.push(await page.locator('form').textContent());
      expect(await page.getByRole('textbox', { name: 'メールアドレス' }).inputValue()).toBe(email);
      await page.reload();
    }
    expect(told[0]).toBe(told[1]);
    await context.close();
  });

  it('stops after too many wrong passwords and says how long', async () => {
    const shop = await newShop({ account: false });
    const { context, page } = await visitor({ browser });
    const email = shop.emailOf('tamura');
    await Promise.all(Array.from({ length: ATTEMPTS.perEmail }, () => submitSignIn(urls[1], email, 'wrong password')));
    await page.goto(`${urls[0]}/sign-in`);
    await fillSignIn(page, email, PASSWORD);
    await page.getByText(/15分待ってから試してください。/).waitFor();
    await context.close();
  });
});

// At once: each waits for clocks more than for the machine.
describe.concurrent('writing an answer', () => {
  it('that is empty or goes to no address is stopped at the field', async () => {
    const shop = await newShop();
    const { context, page } = await atOneCase(shop);
    const writing = screen.composer(page);
    await screen.write(page, WORDS);
    await screen.mailText(page).fill('  ');
    await screen.send(page);
    await writing.getByText('本文を書いてください。').waitFor();
    expect(await screen.mailText(page).getAttribute('aria-invalid')).toBe('true');

    await screen.mailText(page).fill(WORDS);
    await writing.getByRole('textbox', { name: 'Cc' }).fill('中村さん');
    await screen.send(page);
    await writing.getByText('「中村さん」はメールアドレスの形になっていません。入れ直してください。').waitFor();
    expect(await writing.getByRole('textbox', { name: 'Cc' }).inputValue()).toBe('中村さん');
    expect(await db.delivery.count({ where: { tenantId: shop.tenantId } })).toBe(0);

    await writing.getByRole('textbox', { name: 'Cc' }).fill('boss@customer.example');
    await screen.send(page);
    await screen.status(page, '対応終了').waitFor();
    expect((await shop.sent())[0]?.envelope.to).toContain('boss@customer.example');
    await context.close();
  });

  it('goes on after the session ended: told what is safe, signed in again in another tab, saved and sent', async () => {
    const shop = await newShop();
    const { context, page } = await atOneCase(shop);
    await screen.write(page, WORDS);
    await db.session.updateMany({
      where: { person: { email: shop.emailOf('sato') } },
      data: { revokedAt: new Date() },
    });
    await screen.mailText(page).fill(`${WORDS}\n送料は当店が負担します。`);
    const banner = alert(page, 'サインインの有効期間が終わりました');
    await banner.getByText(/書きかけの返信はこの端末に保存しています/).waitFor();
    await screen.composer(page).getByText('この端末に保存しています').waitFor();
    await screen.send(page);
    await alert(page, '行えませんでした')
      .getByText(/サインインの有効期間が終わりました/)
      .waitFor();
    expect(await db.delivery.count({ where: { tenantId: shop.tenantId } })).toBe(0);

    const [tab] = await Promise.all([
      context.waitForEvent('page'),
      banner.getByRole('link', { name: '新しいタブでサインイン' }).click(),
    ]);
    await fillSignIn(tab, shop.emailOf('sato'), PASSWORD);
    await tab.waitForURL(`**/${shop.slug}/inbox`);
    await tab.close();
    await banner.waitFor({ state: 'detached' });
    expect(await screen.mailText(page).inputValue()).toBe(`${WORDS}\n送料は当店が負担します。`);
    await screen.saved(page);
    await screen.send(page);
    await screen.status(page, '対応終了').waitFor();
    expect(await shop.sent()).toMatchObject([{ text: expect.stringContaining('送料は当店が負担します。') }]);
    await context.close();
  });

  it('goes on without a line: kept on this device, saved when the line is back, even after the tab was closed', async () => {
    const shop = await newShop();
    const { context, page } = await atOneCase(shop);
    await screen.write(page, WORDS);
    await context.setOffline(true);
    await screen.mailText(page).fill(`${WORDS}\n一行目`);
    await alert(page, 'サーバーにつながりません')
      .getByText(/この端末に保存しています/)
      .waitFor();
    await screen.composer(page).getByText('この端末に保存しています').waitFor();
    await context.setOffline(false);
    await screen.saved(page);
    const draft = () => db.draft.findFirstOrThrow({ where: { tenantId: shop.tenantId } });
    expect((await draft()).text).toBe(`${WORDS}\n一行目`);

    await context.setOffline(true);
    await screen.mailText(page).fill(`${WORDS}\n二行目`);
    await screen.composer(page).getByText('この端末に保存しています').waitFor();
    const address = page.url();
    await page.close();
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(address);
    await screen.openCase(again).getByRole('button', { name: '返信の続きを書く' }).click();
    await again.getByText('この端末に残っていた書きかけを戻しました').waitFor();
    expect(await screen.mailText(again).inputValue()).toBe(`${WORDS}\n二行目`);
    await until(async () => expect((await draft()).text).toBe(`${WORDS}\n二行目`));
    await context.close();
  });

  it('goes on over a restart of the web process', async () => {
    const shop = await newShop();
    const port = await freePort();
    const own = { port, env: productEnv, name: 'web-restart', logFile: path.join(logsDir, 'e2e-web-restart.log') };
    let web = await startWeb(own);
    try {
      const { context, page } = await atOneCase(shop, `http://127.0.0.1:${port}`);
      await screen.write(page, WORDS);
      await web.stop(500);
      await screen.mailText(page).fill(`${WORDS}\n三行目`);
      await alert(page, 'サーバーにつながりません').waitFor();
      web = await startWeb(own);
      await alert(page, 'サーバーにつながりません').waitFor({ state: 'detached' });
      await screen.saved(page);
      await screen.send(page);
      await screen.status(page, '対応終了').waitFor();
      expect(await shop.sent()).toMatchObject([{ text: expect.stringContaining('三行目') }]);
      await context.close();
    } finally {
      await web.stop();
    }
  });

  it('can be taken back while the window runs: nothing is sent, the draft is there again', async () => {
    const shop = await newShop({ undoSeconds: 20 });
    const { context, page } = await atOneCase(shop);
    await screen.write(page, WORDS);
    await screen.send(page);
    const toast = page.getByRole('status').filter({ hasText: /秒以内は取り消せます/ });
    await toast.getByRole('button', { name: '取り消す' }).click();
    await screen.history(page, '佐藤 美咲 が返信の送信を取り消しました').waitFor();
    await screen.composer(page).waitFor();
    expect(await screen.mailText(page).inputValue()).toBe(WORDS);
    const deliveries = await db.delivery.findMany({ where: { tenantId: shop.tenantId } });
    expect(deliveries).toMatchObject([{ state: 'cancelled' }]);
    expect(await shop.sent()).toEqual([]);
    await context.close();
  });
});

describe('a delivery that nobody knows the end of', () => {
  it('is shown with its two answers, each asked once more, and is never sent again by itself', async () => {
    const shop = await newShop();
    const { context, page, customer } = await atOneCase(shop);
    await sink.fault({ mode: 'drop-after-dot', recipient: customer, times: 1 });
    await screen.write(page, WORDS);
    await screen.send(page);
    const here = screen.openCase(page);
    await here.getByText('届いたか確認しています。もう一度送らないでください').waitFor();
    await screen.status(page, '対応中').waitFor();

    const dialog = page.getByRole('dialog');
    await here.getByRole('button', { name: 'もう一度送る' }).click();
    await dialog.getByText(/お客様には同じメールが 2通届きます/).waitFor();
    await dialog.getByRole('button', { name: '戻る' }).click();
    await dialog.waitFor({ state: 'detached' });
    await here.getByRole('button', { name: '届いていた' }).click();
    await dialog.getByText('この返信を送信済みとして扱います。').waitFor();
    await dialog.getByRole('button', { name: '届いていた' }).click();
    await screen.history(page, '佐藤 美咲 が返信は届いていたと確かめました').waitFor();
    await screen.status(page, '対応終了').waitFor();
    expect(await shop.sent()).toHaveLength(1);
    await context.close();
  });
});

describe('a failure of the server', () => {
  it('is told by a number that stands in its log, and what was written stays', async () => {
    const shop = await newShop();
    const { context, page } = await atOneCase(shop);
    // The database refuses every comment of this shop.
    await db.$executeRawUnsafe(`CREATE FUNCTION story_failure() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$`);
    await db.$executeRawUnsafe(`CREATE TRIGGER story_failure BEFORE INSERT ON comment FOR EACH ROW
      WHEN (NEW.tenant_id = '${shop.tenantId}') EXECUTE FUNCTION story_failure()`);
    const field = page.getByRole('textbox', { name: '社内コメントを書く' });
    try {
      await screen.openCase(page).getByRole('button', { name: 'コメント' }).click();
      await field.fill('倉庫に確認中です。');
      await page.getByRole('button', { name: /^コメントを残す/ }).click();
      const words = await alert(page, 'お問い合わせ番号').textContent();
      const id = /お問い合わせ番号 ([\w-]{6,}) /.exec(words ?? '')?.[1];
      expect(id).toBeDefined();
      expect(words).not.toContain('disk');
      const logged = await readFile(path.join(logsDir, 'e2e-web-1.log'), 'utf8');
      expect(logged.split('\n').find((line) => line.includes(id ?? ''))).toContain('the disk is full');
      expect(await field.inputValue()).toBe('倉庫に確認中です。');
    } finally {
      await db.$executeRawUnsafe('DROP FUNCTION story_failure CASCADE');
    }
    await page.getByRole('button', { name: /^コメントを残す/ }).click();
    await screen.openCase(page).getByLabel('佐藤 美咲の社内コメント').getByText('倉庫に確認中です。').waitFor();
    await context.close();
  });
});
