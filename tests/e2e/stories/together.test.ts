import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { member, type Person } from '#tests/e2e/support/person.ts';
import * as screen from '#tests/e2e/support/screen.ts';
import { CUSTOMER, closeShops, newShop, type Shop, until } from '#tests/e2e/support/shop.ts';
import { startBrowser } from '#tests/support/browser.ts';
import { letter, newId } from '#tests/support/letters.ts';
import { urls } from '#tests/support/stack.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await closeShops();
});

const SUBJECT = '配達日を変えられますか';

/** Two members, each at another web process, with the same 案件 open. */
async function twoAtOneCase(shop: Shop) {
  const question = { subject: SUBJECT, messageId: newId(), from: CUSTOMER, to: shop.address };
  await shop.deliver(letter({ ...question, text: '土曜日に受け取りたいです。' }));
  const [sato, tamura] = await Promise.all([
    member(shop, 'sato', { browser, base: urls[0] }),
    member(shop, 'tamura', { browser, base: urls[1] }),
  ]);
  for (const { page } of [sato, tamura]) await screen.open(page, SUBJECT);
  const close = () => Promise.all([sato.context.close(), tamura.context.close()]);
  return { sato, tamura, question, close };
}

async function comment({ page }: Person, text: string): Promise<void> {
  await screen.openCase(page).getByRole('button', { name: 'コメント' }).click();
  await page.getByRole('textbox', { name: '社内コメントを書く' }).fill(text);
  await page.getByRole('button', { name: /^コメントを残す/ }).click();
}

describe.concurrent('two members before one 案件, each at another web process', () => {
  it('both press 担当する at once: one has it, the other reads who', async () => {
    const shop = await newShop();
    const { sato, tamura, close } = await twoAtOneCase(shop);
    const both = [sato, tamura];
    const buttons = both.map(({ page }) => screen.openCase(page).getByRole('button', { name: '担当する' }));
    for (const button of buttons) await button.waitFor();
    await Promise.all(buttons.map((button) => button.evaluate((element) => (element as HTMLElement).click())));

    const [won] = await until(async () => {
      const found = await shop.conversations();
      expect(found[0]?.assigneeId).toBeTruthy();
      return found;
    });
    const satoWon = won?.assigneeId === shop.members.sato;
    const winner = satoWon ? '佐藤 美咲' : '田村 健';
    const loser = satoWon ? tamura : sato;
    const faster = loser.page.getByRole('status').filter({ hasText: `${winner}さんが先に担当になりました` });
    await faster.waitFor();
    expect(await faster.textContent()).toContain('あなたの変更は行われていません。');
    for (const { page } of both) {
      await screen.history(page, `${winner} が担当になりました`).waitFor();
      expect(await screen.history(page, /が担当になりました/).count()).toBe(1);
    }
    await close();
  });

  it('what one does the other sees: comment, assignee, hold with a date, end, resume', async () => {
    const shop = await newShop();
    const { sato, tamura, close } = await twoAtOneCase(shop);
    const here = screen.openCase(tamura.page);
    const there = screen.openCase(sato.page);

    await comment(tamura, '配送会社に確認済みです。土曜で大丈夫です。');
    const note = there.getByLabel('田村 健の社内コメント');
    await note.getByText('配送会社に確認済みです。土曜で大丈夫です。').waitFor();

    await here.getByRole('button', { name: '担当者: 未割当。決める' }).click();
    await tamura.page.getByRole('menuitem', { name: '佐藤 美咲' }).click();
    await there.getByRole('button', { name: '担当者: 佐藤 美咲。変更する' }).waitFor();
    await screen.history(sato.page, '田村 健 が担当者を 佐藤 美咲 にしました').waitFor();
    await screen.status(sato.page, '対応中').waitFor();

    await here.getByRole('button', { name: /^保留/ }).click();
    const dialog = tamura.page.getByRole('dialog');
    await dialog.getByRole('button', { name: '社内の確認' }).click();
    await dialog.getByRole('button', { name: '日時を指定' }).click();
    await dialog.getByLabel('日時', { exact: true }).fill('2040-04-01T10:30');
    await dialog.getByRole('button', { name: '保留にする' }).click();
    await screen.status(sato.page, '保留').waitFor();
    await there.getByText('社内確認中').waitFor();
    await there.getByText('2040年4月1日（日）10:30 まで').first().waitFor();

    await here.getByRole('button', { name: /^対応終了/ }).click();
    await tamura.page.getByText('「対応終了」にしました').waitFor();
    await screen.status(sato.page, '対応終了').waitFor();
    await screen.history(sato.page, '田村 健 が対応終了にしました').waitFor();

    await there.getByRole('button', { name: '対応中に戻す' }).click();
    await screen.status(tamura.page, '対応中').waitFor();
    await screen.history(tamura.page, '佐藤 美咲 が対応中に戻しました').waitFor();
    expect([...sato.complaints, ...tamura.complaints]).toEqual([]);
    await close();
  });

  it('what came while somebody wrote stops the answer, whoever wrote it; the words stay and can be sent after a look', async () => {
    const shop = await newShop();
    const { sato, tamura, question, close } = await twoAtOneCase(shop);
    const { page } = tamura;
    const writing = screen.composer(page);
    const words = '土曜日の午前にお届けします。';
    await screen.write(page, words);
    await comment(sato, '土曜は午後しか空いていません。');
    await shop.deliver(
      letter({ ...question, messageId: newId(), inReplyTo: question.messageId, text: '日曜でもかまいません。' }),
    );
    await screen.openCase(sato.page).getByText('日曜でもかまいません。').last().waitFor();
    await writing.getByRole('alert').filter({ hasText: '書いている間に、新しい内容が加わりました' }).waitFor();

    await screen.send(page);
    const stopped = writing.getByRole('alert').filter({ hasText: '送信を止めました' });
    await stopped.waitFor();
    const told = await stopped.textContent();
    for (const who of ['佐藤 美咲', '中村 葵', '2件']) expect(told).toContain(who);
    expect(told).toContain('返信は下書きに残っています');
    expect(await screen.mailText(page).inputValue()).toBe(words);
    expect(await shop.sent()).toEqual([]);

    await stopped.getByRole('button', { name: '内容を確認する' }).click();
    await screen.openCase(page).getByText('日曜でもかまいません。').last().waitFor();
    await screen.mailText(page).fill('土曜日の午後にお届けします。');
    await writing.getByRole('button', { name: 'このまま送信する' }).click();
    await screen.status(sato.page, '対応終了').waitFor();
    expect(await shop.sent()).toMatchObject([{ text: expect.stringContaining('土曜日の午後にお届けします。') }]);
    await close();
  });
});
