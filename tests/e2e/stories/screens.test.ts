import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { busyDay, closeProduct } from '#tests/e2e/support/busy-day.ts';
import { member, type Person, signInByCookie, visitor } from '#tests/e2e/support/person.ts';
import * as screen from '#tests/e2e/support/screen.ts';
import { SCREENS, type Screen, type Shops } from '#tests/e2e/support/screens.ts';
import { closeShops, db, newShop } from '#tests/e2e/support/shop.ts';
import { startBrowser } from '#tests/support/browser.ts';

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const SCHEMES = ['light', 'dark'] as const;

let browser: Browser;
let shops: Shops;
beforeAll(async () => {
  browser = await startBrowser();
  shops = { busy: await newShop(), empty: await newShop({ account: false }) };
  await busyDay(shops.busy);
});
afterAll(async () => {
  await browser?.close();
  await db.$executeRaw`DELETE FROM login_attempt`;
  await closeProduct();
  await closeShops();
});

type View = { colorScheme: (typeof SCHEMES)[number]; viewport: typeof DESK };

/** 管野 at each screen, one after another, as it looks there; nothing is half-way through a movement. */
async function atEach(view: View, look: (page: Page, screen: Screen) => Promise<void>): Promise<string[]> {
  const people = new Map<Screen['who'], Person>();
  for (const one of SCREENS) {
    const person = people.get(one.who) ?? (await visitor({ browser, options: { ...view, reducedMotion: 'reduce' } }));
    if (one.who !== 'nobody' && !people.has(one.who)) await signInByCookie(person, shops[one.who], 'kanno');
    people.set(one.who, person);
    await one.visit(person.page, shops);
    await look(person.page, one);
  }
  for (const { context } of people.values()) await context.close();
  return [...people.values()].flatMap(({ complaints }) => complaints);
}

/** How far the page itself could be scrolled sideways. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

describe('every screen', () => {
  it.each([
    ['light', DESK],
    ['dark', DESK],
    ['light', PHONE],
  ] as const)(
    'is accessible, fits and raises no complaint: %s, %o',
    async (colorScheme, viewport) => {
      const found: string[] = [];
      const complaints = await atEach({ colorScheme, viewport }, async (page, { name }) => {
        // Not into the frame of a mail: it runs no script, axe's neither.
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ iframes: false }).analyze();
        for (const { id, impact, nodes } of violations) {
          if (impact !== 'serious' && impact !== 'critical') continue;
          found.push(...nodes.map((node) => `${name}: ${id}: ${node.target.join(' ')} ${node.any[0]?.message ?? ''}`));
        }
        if ((await overflow(page)) > 0) found.push(`${name}: scrolls sideways by ${await overflow(page)} px`);
      });
      expect(found).toEqual([]);
      expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
    },
    240_000,
  );

  // MG_SHOTS=DIR: pictures to look at, of every screen in both themes, at a desk and on a phone.
  const { MG_SHOTS } = process.env;
  const picture = async (folder: string) => {
    await mkdir(folder, { recursive: true });
    for (const viewport of [DESK, PHONE]) {
      for (const colorScheme of SCHEMES) {
        await atEach({ colorScheme, viewport }, async (page, { name }) => {
          await page.waitForTimeout(400);
          const file = `${name}-${viewport.width}x${viewport.height}-${colorScheme}.png`;
          await page.screenshot({ path: path.join(folder, file) });
        });
      }
    }
  };
  if (MG_SHOTS) it('has its picture taken', () => picture(path.resolve(MG_SHOTS)), 300_000);
});

describe('a whole session', () => {
  it('with dialog, menu and message at a desk, and drawers on a phone, raises no complaint', async () => {
    const desk = await member(shops.busy, 'tamura', { browser });
    await screen.open(desk.page, 'Delivery to Hokkaido');
    const here = screen.openCase(desk.page);
    await here.getByRole('button', { name: /^担当者:/ }).click();
    await desk.page.getByRole('menuitem', { name: '佐藤 美咲' }).click();
    await here.getByRole('button', { name: '担当者: 佐藤 美咲。変更する' }).waitFor();
    await desk.page.keyboard.press('h');
    await desk.page.getByRole('dialog').getByRole('button', { name: '保留にする' }).click();
    await screen.status(desk.page, '保留').waitFor();
    await here.getByRole('button', { name: /^対応終了/ }).click();
    await desk.page.getByText('「対応終了」にしました').waitFor();
    await desk.page.getByRole('button', { name: '元に戻す' }).click();
    await screen.status(desk.page, '対応中').waitFor();
    expect(desk.complaints).toEqual([]);
    await desk.context.close();

    const phone = await member(shops.busy, 'tamura', { browser, options: { viewport: PHONE } });
    const { page } = phone;
    await page.getByRole('button', { name: 'ビューと窓口を開く' }).click();
    await page
      .getByRole('dialog')
      .getByRole('link', { name: /^対応中/ })
      .click();
    await screen.open(page, '定期便の休止と再開');
    await page.getByRole('listbox').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'お客様パネルを開く（]）' }).click();
    await page.getByRole('dialog').getByText('nagi@customer.example').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '一覧へ戻る' }).click();
    await screen.row(page, '定期便の休止と再開').waitFor();
    expect(await screen.openCase(page).count()).toBe(0);
    expect(phone.complaints).toEqual([]);
    await phone.context.close();
  });
});

describe('the keyboard', () => {
  it('steps, opens, answers, notes, explains and closes; it does nothing while an IME composes', async () => {
    const { context, page } = await member(shops.busy, 'sato', { browser });
    const list = page.getByRole('listbox');
    await screen.row(page, '届いた花瓶が割れていました').waitFor();
    const cursor = () => list.getAttribute('aria-activedescendant');
    await page.keyboard.press('j');
    const first = await cursor();
    await page.keyboard.press('j');
    expect(await cursor()).not.toBe(first);
    await page.keyboard.press('k');
    expect(await cursor()).toBe(first);
    await page.keyboard.press('Enter');
    await screen.openCase(page).waitFor();

    await page.keyboard.press('r');
    await screen.mailText(page).waitFor();
    expect(await screen.mailText(page).evaluate((field) => field === document.activeElement)).toBe(true);

    // As Chromium tells it while a Japanese IME holds the keys.
    const ime = await context.newCDPSession(page);
    const pressed = { type: 'rawKeyDown', windowsVirtualKeyCode: 229 } as const;
    await ime.send('Input.imeSetComposition', { text: 'へんしん', selectionStart: 4, selectionEnd: 4 });
    await ime.send('Input.dispatchKeyEvent', { ...pressed, key: 'Escape', code: 'Escape' });
    await ime.send('Input.dispatchKeyEvent', { ...pressed, key: 'Enter', code: 'Enter', modifiers: 2 });
    expect(await screen.mailText(page).inputValue()).toContain('へんしん');
    await ime.send('Input.insertText', { text: '返信' });
    expect(await screen.mailText(page).inputValue()).toMatch(/^返信/);
    expect(await db.delivery.count({ where: { tenantId: shops.busy.tenantId } })).toBe(0);

    await page.keyboard.press('Escape');
    await screen.composer(page).waitFor({ state: 'detached' });
    for (const key of ['n', 'r', 'h', 'e', '?'])
      await page.evaluate((name) => {
        const event = new KeyboardEvent('keydown', { key: name, isComposing: true, bubbles: true });
        document.activeElement?.dispatchEvent(event);
      }, key);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.locator('textarea').count()).toBe(0);

    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: '社内コメントを書く' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog').getByText('案件を開く').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await context.close();
  });
});
