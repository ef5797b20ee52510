import type { Locator, Page } from 'playwright-core';

// How the stories name what they see: by role and words, as a person or a screen reader does.

/** A row of the list by a part of its accessible name: status, unread, customer, subject, wait, assignee. */
export const row = (page: Page, name: string | RegExp): Locator => page.getByRole('option', { name });

/** The open 案件. */
export const openCase = (page: Page): Locator => page.getByRole('region', { name: /^案件 #\d+$/ });

/** Where an answer is written. */
export const composer = (page: Page): Locator => page.getByRole('region', { name: '返信を書く' });
export const mailText = (page: Page): Locator => composer(page).getByRole('textbox', { name: '本文' });

/** A status as the open 案件 shows it. */
export const status = (page: Page, word: string): Locator =>
  openCase(page).getByRole('button', { name: `状態: ${word}。変更する` });

/** A sentence of the history. */
export const history = (page: Page, sentence: string | RegExp): Locator =>
  openCase(page).getByRole('listitem').filter({ hasText: sentence });

/** Opens a 案件 by its row. */
export async function open(page: Page, name: string | RegExp): Promise<void> {
  await row(page, name).click();
  await openCase(page).waitFor();
}

/** Opens the composer and writes; the words are on the server when this returns. */
export async function write(page: Page, text: string): Promise<void> {
  await openCase(page)
    .getByRole('button', { name: /^返信(する|の続きを書く)/ })
    .click();
  await mailText(page).fill(text);
  await saved(page);
}

/** The mark that the server has the words. */
export const saved = (page: Page): Promise<void> =>
  composer(page)
    .getByText(/^\d+:\d\d 保存済み$/)
    .waitFor();

/** Sends with the usual end of an answer. */
export const send = (page: Page): Promise<void> =>
  composer(page)
    .getByRole('button', { name: /^送信して/ })
    .first()
    .click();
