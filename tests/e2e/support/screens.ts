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
const toSettings = async (page: Page, { slug }: Shop, path: string) => {
  await at(page, `/${slug}/settings/${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
};
/** 管野 before the form of a new account in the 窓口 that has none. */
const toForm = async (page: Page, { empty }: Shops) => {
  await toSettings(page, empty, 'mailboxes');
  await page.getByRole('link', { name: 'メールアカウントを追加' }).click();
  await page.getByRole('heading', { name: '接続テスト' }).waitFor();
};
const toAccount = async (page: Page, { busy }: Shops) => {
  await toSettings(page, busy, 'mailboxes');
  await page.getByRole('link', { name: busy.address }).click();
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
  { name: 'settings-mailboxes', who: 'busy', visit: (page, { busy }) => toSettings(page, busy, 'mailboxes') },
  {
    name: 'settings-mailbox',
    who: 'busy',
    visit: async (page, { busy }) => {
      await toSettings(page, busy, `mailboxes/${busy.mailboxId}`);
      await page.getByRole('link', { name: busy.address }).waitFor();
    },
  },
  { name: 'settings-mailbox-new', who: 'empty', visit: (page, { empty }) => toSettings(page, empty, 'mailboxes/new') },
  { name: 'settings-account', who: 'busy', visit: toAccount },
  {
    name: 'settings-account-tested',
    who: 'busy',
    visit: async (page, shops) => {
      await toAccount(page, shops);
      await page.locator('input[name=imapPassword]').fill('wrong password');
      await page.getByRole('button', { name: '接続を試す' }).click();
      await page.getByText('サインイン後に確認します').waitFor();
      await page.getByRole('button', { name: 'もう一度テスト' }).waitFor();
    },
  },
  {
    name: 'settings-account-leave',
    who: 'busy',
    visit: async (page, shops) => {
      await toAccount(page, shops);
      await page.locator('input[name=imapUser]').fill('somebody else');
      await page.getByRole('link', { name: 'ご注文窓口' }).first().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'settings-account-new', who: 'empty', visit: toForm },
  {
    name: 'settings-account-refused',
    who: 'empty',
    visit: async (page, shops) => {
      await toForm(page, shops);
      await page.getByRole('button', { name: '保存して受信を始める' }).click();
      await page.getByText('入力してください。').first().waitFor();
    },
  },
  {
    name: 'settings-health',
    who: 'busy',
    visit: async (page, { busy }) => {
      await toSettings(page, busy, 'health');
      await page.getByRole('table').waitFor();
    },
  },
  { name: 'settings-health-empty', who: 'empty', visit: (page, { empty }) => toSettings(page, empty, 'health') },
  {
    name: 'settings-health-account',
    who: 'busy',
    visit: async (page, { busy }) => {
      await toSettings(page, busy, 'health');
      await page
        .getByRole('link', { name: /詳しく|直す/ })
        .first()
        .click();
      await page.getByRole('heading', { level: 1, name: busy.address }).waitFor();
    },
  },
  { name: 'settings-forms-empty', who: 'empty', visit: (page, { empty }) => toSettings(page, empty, 'forms') },
  {
    name: 'settings-form-new',
    who: 'busy',
    visit: async (page, { busy }) => {
      await toSettings(page, busy, 'forms/new');
      await page.getByRole('combobox', { name: '差出人' }).fill('customer-1@customer.example');
      await page.keyboard.press('Escape');
      await page.getByRole('table').waitFor();
    },
  },
  {
    name: 'settings-form-refused',
    who: 'empty',
    visit: async (page, { empty }) => {
      await toSettings(page, empty, 'forms/new');
      await page.getByRole('button', { name: '保存する' }).click();
      await page.getByText('読み取る項目の見出しを、1つ以上入れてください。').waitFor();
    },
  },
  { name: 'settings-auto-receipts', who: 'busy', visit: (page, { busy }) => toSettings(page, busy, 'auto-receipts') },
  {
    name: 'settings-auto-receipt',
    who: 'busy',
    visit: async (page, { busy }) => {
      await toSettings(page, busy, `auto-receipts/${busy.mailboxId}`);
      await page.getByText('山田 太郎 様').waitFor();
    },
  },
];
