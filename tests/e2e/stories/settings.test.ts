import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openInbox, signInByCookie, visitor } from '#tests/e2e/support/person.ts';
import * as screen from '#tests/e2e/support/screen.ts';
import { closeShops, db, newShop, type Shop, until, watched } from '#tests/e2e/support/shop.ts';
import { startBrowser } from '#tests/support/browser.ts';
import { letter } from '#tests/support/letters.ts';
import { dovecot, sink, urls } from '#tests/support/stack.ts';

/* What an administrator does in the settings: an account with wrong and right servers, its test mail, a change, a pause. */
let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await db.$executeRaw`DELETE FROM login_attempt`;
  await closeShops();
});

const SUBJECT = '返品の方法を教えてください';
const field = (page: Page, name: string) => page.locator(`input[name=${name}]`);
const step = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });
const settings = (shop: Shop, path: string) => `${urls[0]}/${shop.slug}/settings/${path}`;

async function admin(shop: Shop) {
  const person = await visitor({ browser });
  await signInByCookie(person, shop, 'kanno');
  return person;
}

async function withoutEncryption(page: Page): Promise<void> {
  for (const index of [0, 1]) {
    await page.getByRole('combobox', { name: '暗号化' }).nth(index).click();
    await page.getByRole('option', { name: 'なし' }).click();
  }
}

it('says at which step an account stopped, saves only what works, and then mail arrives', async () => {
  const shop = await newShop({ account: false });
  const { context, page, complaints } = await admin(shop);
  await page.goto(settings(shop, 'mailboxes'));
  await page.getByRole('link', { name: 'メールアカウントを追加' }).click();
  const save = page.getByRole('button', { name: '保存して受信を始める' });
  await save.click();
  await page.getByText('入力してください。').first().waitFor();
  await until(async () => expect(await field(page, 'address').evaluate((input) => input.matches(':focus'))).toBe(true));

  await withoutEncryption(page);
  await field(page, 'address').fill(shop.address);
  expect(await field(page, 'imapUser').inputValue()).toBe(shop.address);
  await field(page, 'imapPassword').fill('wrong password');
  await field(page, 'imapHost').fill('imap.no-such-host.invalid');
  await field(page, 'imapPort').fill(String(dovecot.imapPort));
  await field(page, 'smtpHost').fill('127.0.0.1');
  await field(page, 'smtpPort').fill(String(sink.smtpPort));

  await save.click();
  await step(page, 'サーバーを探す').getByText('サーバーの名前が見つかりません。').waitFor();
  await step(page, 'サーバーを探す').getByText('届いたメールはサーバーに残っています。失われていません。').waitFor();
  await until(async () => expect(await field(page, 'imapHost').getAttribute('aria-invalid')).toBe('true'));

  await field(page, 'imapHost').fill('127.0.0.1');
  await save.click();
  const refused = 'ユーザー名かパスワードが違うため、サインインできません。';
  await step(page, 'サインインする').getByText(refused).waitFor();
  await step(page, 'つなぐ').getByText(`${dovecot.imapPort}番ポートにつながりました`).waitFor();
  await step(page, 'フォルダーを読む').getByText('サインイン後に確認します').waitFor();
  await step(page, '送信のサインイン').getByText(refused).waitFor();
  await until(async () => expect(await page.locator('form').getByText(refused).count()).toBe(1));
  expect(await db.mailAccount.count({ where: { tenantId: shop.tenantId } })).toBe(0);

  await field(page, 'imapPassword').fill(dovecot.password);
  await save.click();
  await page.getByText(`${shop.address} を保存しました`).waitFor();
  await watched(shop.tenantId);
  await openInbox(page, shop);
  await shop.deliver(letter({ subject: SUBJECT, to: shop.address }));
  await screen.row(page, SUBJECT).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

it('sends a test mail and sees it come back, without a 案件 of it', async () => {
  const shop = await newShop();
  const { context, page, complaints } = await admin(shop);
  await page.goto(settings(shop, 'mailboxes'));
  await page.getByRole('link', { name: shop.address }).click();
  await page.getByRole('button', { name: 'テストメールも送る' }).click();
  await step(page, 'テストメールを送る').getByText(shop.address).waitFor();
  // What the provider's mail server does with a mail to its own customer.
  const [mail] = await until(async () => {
    const sent = await shop.sent();
    expect(sent).toHaveLength(1);
    return sent;
  });
  const { subject = '', messageId = '' } = mail ?? {};
  await shop.deliver(letter({ subject, messageId, from: shop.address, to: shop.address }));
  await step(page, '届くのを待つ').getByText('受信箱に届きました').waitFor();
  await page.getByText('すべて確かめました').waitFor();
  await until(async () => {
    const rows = await db.inboundMail.findMany({ where: { tenantId: shop.tenantId } });
    expect(rows.map(({ state, reason }) => [state, reason])).toEqual([['ignored', 'connection-test']]);
  });
  expect(await shop.conversations()).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

it('stops a test that is under way, and changes nothing', async () => {
  const shop = await newShop();
  const { context, page } = await admin(shop);
  await page.goto(settings(shop, 'mailboxes'));
  await page.getByRole('link', { name: shop.address }).click();
  await page.getByRole('button', { name: 'テストメールも送る' }).click();
  await step(page, 'テストメールを送る').getByText(shop.address).waitFor();
  await page.getByRole('button', { name: '中止する' }).click();
  await page.getByRole('button', { name: 'もう一度テスト' }).waitFor();
  await context.close();
});

it('keeps the password when an account is changed, asks for it for another server, and warns who saved too late', async () => {
  const shop = await newShop();
  const { context, page, complaints } = await admin(shop);
  await page.goto(settings(shop, 'mailboxes'));
  await page.getByRole('link', { name: shop.address }).click();
  const save = page.getByRole('button', { name: '保存する' });
  expect(await field(page, 'imapPassword').inputValue()).toBe('');
  await page.locator('textarea[name=aliases]').fill(`info@${shop.slug}.example`);
  await field(page, 'imapHost').fill('localhost');
  await save.click();
  await page
    .getByText(/パスワードを入れ直してください。保存してあるパスワードは/)
    .first()
    .waitFor();
  await field(page, 'imapHost').fill('127.0.0.1');
  await save.click();
  await page.getByText(`${shop.address} を保存しました`).waitFor();
  expect(await db.mailAlias.count({ where: { tenantId: shop.tenantId } })).toBe(1);

  await page.getByRole('link', { name: shop.address }).click();
  await page.locator('textarea[name=aliases]').fill('');
  await db.mailAccount.updateMany({ where: { tenantId: shop.tenantId }, data: { version: { increment: 1 } } });
  await save.click();
  await page.getByText(/ほかの人が先に保存しました。/).waitFor();
  expect(await db.mailAlias.count({ where: { tenantId: shop.tenantId } })).toBe(1);
  expect(complaints).toEqual([]);
  await context.close();
});

it('asks before typed settings are lost, and stops and begins receiving', async () => {
  const shop = await newShop();
  const { context, page, complaints } = await admin(shop);
  await page.goto(settings(shop, `mailboxes/${shop.mailboxId}`));
  await field(page, 'fromName').fill('はなみや商店 お客様係');
  await page.getByRole('link', { name: '受信の健康状態' }).click();
  const asks = page.getByRole('dialog', { name: '保存していない変更があります' });
  await asks.getByRole('button', { name: 'このページに残る' }).click();
  await page.getByRole('button', { name: '保存する' }).click();
  await page.getByText('「ご注文窓口」を保存しました').waitFor();
  await page.waitForURL('**/settings/mailboxes');

  await page.getByRole('link', { name: shop.address }).click();
  await page.getByRole('button', { name: '受信を止める' }).click();
  await page.getByRole('button', { name: '受信を再開' }).waitFor();
  const state = async () => (await db.mailAccount.findFirst({ where: { tenantId: shop.tenantId } }))?.state;
  expect(await state()).toBe('paused');
  await page.getByRole('button', { name: '受信を再開' }).click();
  await page.getByRole('button', { name: '受信を止める' }).waitFor();
  expect(await state()).toBe('active');
  expect(complaints).toEqual([]);
  await context.close();
});

it('shows somebody who works here how mail is received, and nothing to change', async () => {
  const shop = await newShop();
  const person = await visitor({ browser });
  await signInByCookie(person, shop, 'sato');
  const { page } = person;
  await page.goto(`${urls[0]}/${shop.slug}/settings`);
  await page.waitForURL('**/settings/health');
  await page.getByRole('link', { name: '詳しく' }).click();
  await page.getByRole('heading', { level: 1, name: shop.address }).waitFor();
  expect(await page.getByRole('button', { name: '今すぐ受信' }).count()).toBe(0);
  expect((await page.goto(settings(shop, 'mailboxes')))?.status()).toBe(403);
  await person.context.close();
});
