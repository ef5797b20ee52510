import type { Page } from 'playwright-core';
import * as screen from '#tests/e2e/support/screen.ts';
import type { Shop } from '#tests/e2e/support/shop.ts';
import { urls } from '#tests/support/stack.ts';

export type Shops = { busy: Shop; empty: Shop };
type Visit = (page: Page, shops: Shops) => Promise<unknown>;
export type Screen = { name: string; who: 'nobody' | 'busy' | 'empty'; visit: Visit };

const at = (page: Page, path: string) => page.goto(urls[0] + path);
const toCase = async (page: Page, { busy }: Shops) => {
  await at(page, `/${busy.slug}/inbox?view=doing`);
  await screen.open(page, '定期便の休止と再開');
  await page.frameLocator('iframe').getByText('家を空けるため').waitFor();
};
const toComposer = async (page: Page, shops: Shops) => {
  await toCase(page, shops);
  await screen.openCase(page).getByRole('button', { name: /^返信/ }).click();
  await screen.mailText(page).waitFor();
};
const toForm = async (page: Page, { empty }: Shops) => {
  await at(page, `/${empty.slug}/settings/accounts`);
  await page.getByRole('button', { name: 'メールアカウントを追加' }).first().click();
  await page.getByRole('heading', { name: '接続テスト' }).waitFor();
};

/** Every screen there is, and how 管野 gets to it. */
export const SCREENS: readonly Screen[] = [
  { name: 'sign-in', who: 'nobody', visit: (page) => at(page, '/sign-in') },
  {
    name: 'sign-in-refused',
    who: 'nobody',
    visit: async (page) => {
      await at(page, '/sign-in');
      await page.getByRole('button', { name: 'サインイン' }).click();
      await page
        .getByText(/入れ直してください|入力してください/)
        .first()
        .waitFor();
    },
  },
  { name: 'not-found', who: 'nobody', visit: (page) => at(page, '/no-such-company/inbox') },
  { name: 'not-found-inside', who: 'busy', visit: (page, { busy }) => at(page, `/${busy.slug}/no-such-page`) },
  {
    name: 'inbox-empty',
    who: 'empty',
    visit: async (page, { empty }) => {
      await at(page, `/${empty.slug}/inbox`);
      await page.getByText('新着の案件はありません').waitFor();
    },
  },
  {
    name: 'inbox',
    who: 'busy',
    visit: async (page, { busy }) => {
      await at(page, `/${busy.slug}/inbox`);
      await screen.row(page, '届いた花瓶が割れていました').waitFor();
    },
  },
  {
    name: 'inbox-hold',
    who: 'busy',
    visit: async (page, { busy }) => {
      await at(page, `/${busy.slug}/inbox?view=hold`);
      await screen.open(page, '領収書の宛名');
    },
  },
  { name: 'case', who: 'busy', visit: toCase },
  { name: 'composer', who: 'busy', visit: toComposer },
  {
    name: 'composer-refused',
    who: 'busy',
    visit: async (page, shops) => {
      await toComposer(page, shops);
      await screen.send(page);
      await page.getByText('本文を書いてください。').waitFor();
    },
  },
  {
    name: 'comment',
    who: 'busy',
    visit: async (page, shops) => {
      await toCase(page, shops);
      await screen.openCase(page).getByRole('button', { name: 'コメント' }).click();
      await page.getByRole('textbox', { name: '社内コメントを書く' }).fill('倉庫に確認してから返信します。');
    },
  },
  {
    name: 'hold-dialog',
    who: 'busy',
    visit: async (page, shops) => {
      await toCase(page, shops);
      await page.keyboard.press('h');
      await page.getByRole('dialog').getByRole('button', { name: '日時を指定' }).click();
    },
  },
  {
    name: 'person-menu',
    who: 'busy',
    visit: async (page, { busy }) => {
      await at(page, `/${busy.slug}/inbox`);
      await page.getByRole('button', { name: '管野 太一さんのメニュー' }).click();
      await page.getByRole('menuitem').first().waitFor();
    },
  },
  {
    name: 'keys',
    who: 'busy',
    visit: async (page, { busy }) => {
      await at(page, `/${busy.slug}/inbox`);
      await screen.row(page, '届いた花瓶が割れていました').waitFor();
      await page.keyboard.press('Shift+?');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'settings',
    who: 'busy',
    visit: async (page, { busy }) => {
      await at(page, `/${busy.slug}/settings/accounts`);
      await page.getByRole('table').waitFor();
    },
  },
  {
    name: 'settings-empty',
    who: 'empty',
    visit: async (page, { empty }) => {
      await at(page, `/${empty.slug}/settings/accounts`);
      await page.getByText('メールアカウントがまだありません').waitFor();
    },
  },
  { name: 'settings-form', who: 'empty', visit: toForm },
  {
    name: 'settings-form-refused',
    who: 'empty',
    visit: async (page, shops) => {
      await toForm(page, shops);
      await page.getByRole('button', { name: '接続して保存する' }).click();
      await page.getByText('入力してください。').first().waitFor();
    },
  },
];
