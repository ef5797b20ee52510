import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { member } from '#tests/e2e/support/person.ts';
import * as screen from '#tests/e2e/support/screen.ts';
import { CUSTOMER, closeShops, newShop, type Shop } from '#tests/e2e/support/shop.ts';
import { startBrowser } from '#tests/support/browser.ts';
import { letter, newId } from '#tests/support/letters.ts';
import { bounceMail } from '#tests/support/raw-mail.ts';

/** Mail that isn't simply a customer's question: thanks, a program's answer, an answer that came back. */
let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await closeShops();
});

const SUBJECT = '届いた花瓶について';

/** A case that 佐藤 has answered and ended. */
async function answered(shop: Shop, page: Page): Promise<string> {
  const messageId = newId();
  await shop.deliver(
    letter({ subject: SUBJECT, messageId, from: CUSTOMER, to: shop.address, text: '箱はありますか。' }),
  );
  await screen.open(page, SUBJECT);
  await screen.write(page, 'ございます。本日お送りします。');
  await screen.send(page);
  await screen.status(page, '対応終了').waitFor();
  return messageId;
}

describe('mail of other kinds', () => {
  it('thanks stand in their view until somebody confirms them by one key, or takes them up by another', async () => {
    const shop = await newShop();
    const { page, complaints } = await member(shop, 'sato', { browser });
    const inReplyTo = await answered(shop, page);
    const thanks = { subject: `Re: ${SUBJECT}`, from: CUSTOMER, to: shop.address, inReplyTo };
    await shop.deliver(letter({ ...thanks, text: '無事に届きました。ありがとうございました。' }));
    const view = page.getByRole('navigation', { name: 'ビューと窓口' }).getByRole('link', { name: /^お礼（未確認）/ });
    await view.getByText('1').waitFor();
    await view.click();
    await screen.open(page, SUBJECT);
    await screen.status(page, '対応終了').waitFor();
    await screen.openCase(page).getByText('お礼（短いお礼の文面）').waitFor();

    await page.keyboard.press('y');
    await page.getByText('確認していないお礼はありません').waitFor();
    await page.getByRole('button', { name: '元に戻す' }).click();
    await view.getByText('1').waitFor();
    await page.keyboard.press('t');
    await screen.status(page, '対応中').waitFor();
    await screen.history(page, '佐藤 美咲 がこのメールをお客様のメールとして扱うことにしました').waitFor();
    expect((await shop.conversations())[0]).toMatchObject({ status: 'doing', thanksAt: null });
    expect(complaints).toEqual([]);
  });

  it('says why a mail is taken for a program’s, and a member may say that it isn’t', async () => {
    const shop = await newShop();
    const { page } = await member(shop, 'sato', { browser });
    const text = '※本メールは自動送信されています。';
    await shop.deliver(letter({ subject: 'お問い合わせを受け付けました', from: CUSTOMER, to: shop.address, text }));
    await screen.open(page, 'お問い合わせを受け付けました');
    const line = screen.openCase(page).getByText('お知らせ（「自動送信」という本文）');
    await line.waitFor();
    await screen.openCase(page).getByRole('button', { name: 'お客様のメールとして扱う' }).click();
    await screen.openCase(page).getByText('担当者が選んだ種別').waitFor();
    expect((await shop.conversations())[0]).toMatchObject({ notice: false, status: 'new' });
    await page.getByRole('button', { name: '元に戻す' }).click();
    await line.waitFor();
    expect((await shop.conversations())[0]).toMatchObject({ notice: true, waitingSince: null });
  });

  it('an answer that came back says why, and what to do', async () => {
    const shop = await newShop();
    const { page } = await member(shop, 'sato', { browser });
    await answered(shop, page);
    const returned = (await shop.sent())[0]?.messageId ?? '';
    const report = bounceMail({ to: shop.address, recipient: 'aoi@customer.example', returned }).toString();
    await shop.deliver(
      report.replace('Status: 5.1.1', 'Status: 5.2.0').replace('550 5.1.1 User unknown', '550 Unknown user'),
    );
    await screen.status(page, '対応中').waitFor();
    const box = screen.openCase(page).getByRole('article').filter({ hasText: '届けられませんでした' });
    await box.getByText('お客様の受信拒否（ドメイン指定受信など）で届きませんでした').waitFor();
    await box.getByText(/同じように送り直しても届きません。/).waitFor();
    await screen.history(page, '返信が宛先から戻ってきました（受信拒否）').waitFor();
  });
});
