import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { designedLetter } from '#tests/e2e/support/letters.ts';
import { member, visitor } from '#tests/e2e/support/person.ts';
import * as screen from '#tests/e2e/support/screen.ts';
import { CUSTOMER, closeShops, newShop, type Shop, until } from '#tests/e2e/support/shop.ts';
import { PASSWORD } from '#tests/e2e/web/company.ts';
import { startBrowser } from '#tests/support/browser.ts';
import { letter, newId } from '#tests/support/letters.ts';
import { sink, urls } from '#tests/support/stack.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await closeShops();
});

const rawOf = async (id: string): Promise<string> => (await fetch(`${sink.url}/mails/${id}/raw`)).text();

describe('the main job', () => {
  it('a mail arrives by itself, is taken, answered and ended; the customer writes again and it is open again', async () => {
    const shop = await newShop({ undoSeconds: 2 });
    const { context, page, complaints } = await visitor({ browser });

    await page.goto(`${urls[0]}/${shop.slug}/inbox`);
    await page.getByRole('textbox', { name: 'メールアドレス' }).fill(shop.emailOf('sato'));
    await page.getByLabel('パスワード', { exact: true }).fill(PASSWORD);
    const stream = page.waitForRequest((request) => request.url().endsWith('/stream'));
    await page.getByRole('button', { name: 'サインイン' }).click();
    await page.getByText('新着の案件はありません').waitFor();
    await stream;

    const question = { subject: '届いた花瓶が割れていました', messageId: newId(), from: CUSTOMER, to: shop.address };
    const text = '今日届いた花瓶にひびが入っていました。\n交換していただけますか。';
    const began = performance.now();
    await shop.deliver(letter({ ...question, text }));
    await screen.row(page, /新着、未読、中村 葵、届いた花瓶が割れていました/).waitFor();
    const arrival = Math.round(performance.now() - began);
    process.stdout.write(`LMTP to the list: ${arrival} ms\n`);
    expect(arrival).toBeLessThan(10_000);

    await screen.open(page, '届いた花瓶が割れていました');
    await page.getByText('交換していただけますか。').last().waitFor();
    await screen.openCase(page).getByRole('button', { name: '担当する' }).click();
    await screen.history(page, '佐藤 美咲 が担当になりました').waitFor();
    await screen.status(page, '対応中').waitFor();

    const answer = 'このたびはご迷惑をおかけしました。\n新しい花瓶を本日お送りします。';
    await screen.write(page, answer);
    await page.reload();
    await screen.openCase(page).getByRole('button', { name: '返信の続きを書く' }).click();
    expect(await screen.mailText(page).inputValue()).toBe(answer);
    await screen
      .composer(page)
      .getByRole('button', { name: /^送信して対応終了/ })
      .click();
    await page.getByText(/^送信します。\d秒以内は取り消せます$/).waitFor();
    await screen.status(page, '対応中').waitFor();
    expect(await shop.sent()).toEqual([]);

    await screen.status(page, '対応終了').waitFor();
    const [mail, ...others] = await shop.sent();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      envelope: { to: ['aoi@customer.example'] },
      subject: 'Re: 届いた花瓶が割れていました',
      text: expect.stringContaining('新しい花瓶を本日お送りします。'),
    });
    const raw = await rawOf(mail?.id ?? '');
    expect(raw).toContain(`In-Reply-To: ${question.messageId}`);
    expect(raw).toMatch(new RegExp(`References:\\s+${question.messageId}`));
    await until(async () => expect(await shop.filed()).toEqual([mail?.messageId]));

    await screen.history(page, '佐藤 美咲 が対応終了にしました').waitFor();
    await screen
      .openCase(page)
      .getByLabel('佐藤 美咲の返信')
      .getByText(/送信済み$/)
      .waitFor();

    await shop.deliver(
      letter({
        ...question,
        messageId: newId(),
        subject: mail?.subject,
        inReplyTo: mail?.messageId,
        text: '割れずに届きました。次の注文はいつできますか？',
      }),
    );
    await screen.status(page, '対応中').waitFor();
    await screen.history(page, 'お客様のメールで対応中に戻りました').waitFor();
    await page.getByText('次の注文はいつできますか？').last().waitFor();
    expect(await shop.conversations()).toMatchObject([{ number: 1, status: 'doing', messageCount: 3 }]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('a designed mail', () => {
  it('is shown in a frame without scripts, with its own picture and without those of others', async () => {
    const asked: string[] = [];
    const spy = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    }).listen(0, '127.0.0.1');
    await once(spy, 'listening');
    const evil = `http://127.0.0.1:${(spy.address() as AddressInfo).port}`;
    const shop = await newShop();
    const { context, page, complaints } = await member(shop, 'sato', { browser });
    const subject = '春の花束について';
    const html = `<p style="color:#b00020">桜の花束は<b>まだ</b>ありますか</p><img src="cid:dot" alt="dot">
      <img src="${evil}/pixel.png" alt="far"><div style="background-image:url(${evil}/ground.png)">x</div>
      <link rel="stylesheet" href="${evil}/style.css"><script>top.hacked = true</script>
      <img src="x" onerror="top.hacked = true"><a href="javascript:top.hacked = true">押す</a>`;
    await shop.deliver(await designedLetter({ from: CUSTOMER, to: shop.address, subject, text: '花束', html }));
    await screen.open(page, subject);

    const holder = page.getByTitle('メールの本文');
    expect((await holder.getAttribute('sandbox'))?.split(' ')).not.toContain('allow-scripts');
    const inside = page.frameLocator('iframe[title="メールの本文"]');
    await inside.getByText('桜の花束はまだありますか').waitFor();
    expect(await inside.locator('script, link, iframe, [onerror]').count()).toBe(0);
    const width = () => inside.getByAltText('dot').evaluate((image) => (image as HTMLImageElement).naturalWidth);
    await until(async () => expect(await width()).toBe(1));
    await inside.getByText('押す').click();
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(asked).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
    spy.close();
  });

  it('gives its attachment under its Japanese name', async () => {
    const shop: Shop = await newShop();
    const { context, page } = await member(shop, 'sato', { browser });
    const content = Buffer.from('%PDF-1.4 請求書');
    const file = { filename: '請求書（11月分）.pdf', contentType: 'application/pdf', content };
    const mail = { from: CUSTOMER, to: shop.address, subject: '請求書の件', text: '添付をご確認ください。' };
    await shop.deliver(await designedLetter(mail, [file]));
    await screen.open(page, /請求書の件.*添付あり/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '請求書（11月分）.pdf' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('請求書（11月分）.pdf');
    expect(await readFile(await download.path())).toEqual(content);
    await context.close();
  });
});
