import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openInbox, signInByCookie, visitor } from '#tests/e2e/support/person.ts';
import * as screen from '#tests/e2e/support/screen.ts';
import { closeShops, db, newShop, type Shop, until } from '#tests/e2e/support/shop.ts';
import { startBrowser } from '#tests/support/browser.ts';
import { letter } from '#tests/support/letters.ts';
import { sink, urls } from '#tests/support/stack.ts';

/* An administrator sets up a form and an automatic receipt, and sees in the inbox what came of it. */
let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await db.$executeRaw`DELETE FROM login_attempt`;
  await closeShops();
});

const FORM = 'contact@forms.example';
const settings = (shop: Shop, path: string) => `${urls[0]}/${shop.slug}/settings/${path}`;
/** A form of which the usual labels find nothing. */
const filledIn = (shop: Shop, name: string, address: string, subject = 'フォームから') =>
  letter({
    ...{ from: FORM, to: shop.address, subject },
    text: `★ご芳名\n${name}\n★ご返信先\n${address}\n★おたずね\n取り皿は何枚入りですか。\n色も教えてください。`,
  });

async function admin(shop: Shop) {
  const person = await visitor({ browser });
  await signInByCookie(person, shop, 'kanno');
  return person;
}

async function fillRow(page: Page, n: number, label: string): Promise<void> {
  await page.getByRole('textbox', { name: `項目 ${n} の見出し` }).fill(label);
}

it('a form is set up beside what it reads, and its mails are their customers’ from then on', async () => {
  const shop = await newShop();
  const { context, page, complaints } = await admin(shop);
  await shop.deliver(filledIn(shop, '岡本 修', 'osamu@customer.example', 'フォーム 前'));
  await until(async () => expect(await shop.conversations()).toHaveLength(1));

  await page.goto(settings(shop, 'forms'));
  await page.getByRole('link', { name: 'フォームを追加' }).click();
  await page.getByRole('button', { name: '保存する' }).click();
  await page.getByText('読み取る項目の見出しを、1つ以上入れてください。').waitFor();
  await page.getByRole('textbox', { name: '名前', exact: true }).fill('お問い合わせフォーム');
  await page.getByRole('combobox', { name: '差出人' }).fill(FORM);
  await page.getByText('お客様のアドレスを読み取れません').waitFor();
  await fillRow(page, 1, 'ご芳名');
  await fillRow(page, 2, 'ご返信先');
  await fillRow(page, 3, 'おたずね');
  await page.getByText('お客様: 岡本 修 <osamu@customer.example>').waitFor();
  await page.getByText('1通のうち 1通でお客様を読み取れました').waitFor();
  await page.getByRole('button', { name: '保存する' }).click();
  await page.getByRole('link', { name: 'お問い合わせフォーム' }).waitFor();

  await openInbox(page, shop);
  await shop.deliver(filledIn(shop, '村井 静', 'shizuka@customer.example', 'フォーム 後'));
  await screen.row(page, 'フォーム 後').waitFor();
  await screen.open(page, 'フォーム 後');
  const here = screen.openCase(page);
  await here.getByLabel('フォームの項目').getByText('村井 静').waitFor();
  await here.getByRole('button', { name: /^返信/ }).click();
  await screen.composer(page).getByText('shizuka@customer.example').waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

it('a form whose customer can’t be read says so, and warns before its own address is answered', async () => {
  const shop = await newShop();
  const { tenantId } = shop;
  const fields = [{ field: 'email', label: 'ご返信先', lines: 'one' }];
  const id = crypto.randomUUID();
  await db.formPattern.create({ data: { tenantId, id, name: 'フォーム', sender: FORM, fields } });
  const { context, page } = await admin(shop);
  await openInbox(page, shop);
  await shop.deliver(filledIn(shop, '村井 静', 'アドレスなし', 'フォーム'));
  await screen.row(page, 'フォーム').waitFor();
  await screen.open(page, 'フォーム');
  const here = screen.openCase(page);
  await here.getByText('フォームのお客様を読み取れませんでした').waitFor();
  await screen.write(page, '12枚入りです。');
  await screen.composer(page).getByLabel('宛先').last().fill(`${FORM},`);
  await screen.send(page);
  await page.getByText(`「${FORM}」はフォームの差出人で、お客様ではありません。`).waitFor();
  expect(await db.delivery.count({ where: { tenantId } })).toBe(0);
  await screen.send(page);
  await until(async () => expect(await db.delivery.count({ where: { tenantId } })).toBe(1));
  await context.close();
});

it('an automatic receipt is switched on, leaves by itself, and stands folded in the case', async () => {
  const shop = await newShop();
  const { context, page, complaints } = await admin(shop);
  await page.goto(settings(shop, 'auto-receipts'));
  await page.getByRole('link', { name: '「ご注文窓口」の自動返信を変更する' }).click();
  await page.getByText('山田 太郎 様').waitFor();
  await page.getByText('お名前なし').click();
  await page.getByText(/^お客様$/m).waitFor();
  await page.getByRole('textbox', { name: '件名' }).fill('受け付けました {number}');
  await page.getByRole('button', { name: '保存する' }).click();
  await page.getByText('使えない差し込みがあります。').waitFor();
  await page.getByRole('textbox', { name: '件名' }).fill('受け付けました {case_number}');
  await page.getByRole('checkbox', { name: '自動返信を送る' }).check();
  await page.getByRole('button', { name: '保存する' }).click();
  await page.getByText('「ご注文窓口」の自動返信を保存しました').waitFor();

  await openInbox(page, shop);
  await shop.deliver(letter({ to: shop.address, from: '村井 静 <shizuka@customer.example>', subject: '取り皿' }));
  await screen.row(page, '取り皿').waitFor();
  await screen.open(page, '取り皿');
  const receipt = screen.openCase(page).getByRole('article').filter({ hasText: '自動返信' });
  await receipt.getByText('送信済み').waitFor();
  expect(await receipt.getByRole('button', { expanded: false }).count()).toBe(1);
  await screen.status(page, '新着').waitFor();
  const sent = (await sink.mails()).filter((mail) => mail.envelope.to.includes('shizuka@customer.example'));
  expect(sent.map(({ envelope, subject }) => [envelope.from, subject])).toEqual([['', '受け付けました 1']]);
  expect(complaints).toEqual([]);
  await context.close();
});

it('a fuse that blew is told, and the receipts are resumed', async () => {
  const shop = await newShop();
  const { tenantId, mailboxId } = shop;
  const words = { subject: '受け付けました', text: '{customer_name} 様' };
  await db.autoReceipt.create({ data: { tenantId, mailboxId, enabled: true, ...words, fuseBlownAt: new Date() } });
  const { context, page } = await admin(shop);
  await page.goto(settings(shop, 'auto-receipts'));
  await page.getByText(/^「ご注文窓口」の自動返信が .* から止まっています$/).waitFor();
  await page.getByRole('button', { name: '再開する' }).click();
  await page.getByText('「ご注文窓口」の自動返信を再開しました').waitFor();
  await page.getByRole('table').getByText('オン').waitFor();
  expect((await db.autoReceipt.findFirstOrThrow({ where: { tenantId } })).fuseBlownAt).toBeNull();
  await context.close();
});
