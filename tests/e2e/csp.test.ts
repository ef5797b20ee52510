import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putBlob } from '#lib/blobs/index.ts';
import { type Company, makeCompany, PASSWORD } from '#tests/e2e/web/company.ts';
import { newPerson, startBrowser } from '#tests/support/browser.ts';
import { migrateUrl, urls } from '#tests/support/stack.ts';

const [base] = urls;
let browser: Browser;
let company: Company;

beforeAll(async () => {
  company = await makeCompany(migrateUrl, async (id, bytes) => (await putBlob(id, bytes)).sha256);
  browser = await startBrowser();
});
afterAll(() => browser?.close());

/** A page that remembers what its policy refused, in every document and frame. */
async function watchedPage(width = 1440): Promise<{ page: Page; refused: string[] }> {
  const context = await newPerson(browser, { viewport: { width, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const refused: string[] = [];
  await context.exposeFunction('refusedByPolicy', (text: string) => void refused.push(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const told = window as unknown as { refusedByPolicy: (text: string) => void };
      told.refusedByPolicy(`${location.pathname}: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) refused.push(message.text());
  });
  return { page, refused };
}

async function signIn(page: Page): Promise<void> {
  await page.goto(`${base}/sign-in`);
  await page.fill('input[name=email]', company.email.supervisor);
  await page.fill('input[name=password]', PASSWORD);
  await page.click('button[type=submit]');
  await page.waitForURL(`**/${company.slug}/inbox**`);
}

describe('the content security policy', () => {
  it('refuses nothing of ours: sign-in, inbox, conversation with its mail frame, menu, dialog, settings', async () => {
    const { page, refused } = await watchedPage();
    await signIn(page);
    await page.goto(`${base}/${company.slug}/inbox?c=${company.conversation}`);
    await page.frameLocator('iframe').first().getByText('hello').waitFor();
    // What Mantine opens in a portal, with style sheets of its own: dialog, menu, drawer.
    await page.getByRole('button', { name: /^保留/ }).first().click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /さんのメニュー/ }).click();
    await page.getByRole('menuitem').first().waitFor();
    await page.keyboard.press('Escape');
    // A soft navigation brings a nonce that this document doesn't know; what opens then must carry the first one.
    await page.click(`a[href="/${company.slug}/settings"]`);
    await page.waitForURL('**/settings/**');
    await page.click(`a[href="/${company.slug}/inbox"]`);
    await page.waitForURL('**/inbox**');
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog').waitFor();
    expect(refused).toEqual([]);
    await page.context().close();
  });

  it('refuses nothing of ours on a phone, where the rail is a drawer', async () => {
    const { page, refused } = await watchedPage(390);
    await signIn(page);
    await page.goto(`${base}/${company.slug}/inbox?c=${company.conversation}`);
    await page.locator('h1:visible, h2:visible').first().waitFor();
    await page.goto(`${base}/${company.slug}/inbox`);
    await page.locator('nav:visible').first().waitFor();
    expect(refused).toEqual([]);
    await page.context().close();
  });

  it('refuses nothing on the pages that say no', async () => {
    const { page, refused } = await watchedPage();
    for (const path of ['/sign-in', '/no-such-company/inbox', '/a/b/c/d']) await page.goto(base + path);
    await signIn(page);
    for (const path of ['/no-such-company/inbox', `/${company.slug}/no-such-page`]) {
      const response = await page.goto(base + path);
      expect(response?.status()).toBe(404);
      expect(await page.locator('h1').count()).toBe(1);
    }
    expect(refused).toEqual([]);
    await page.context().close();
  });

  it('stops what an injected mail would try: inline scripts, foreign scripts, frames and forms', async () => {
    const { page, refused } = await watchedPage();
    await signIn(page);
    await page.evaluate(() => {
      const add = (html: string) => document.body.insertAdjacentHTML('beforeend', html);
      add('<img src="x" onerror="window.hacked = true">');
      add('<iframe src="https://evil.example/"></iframe>');
      const script = document.createElement('script');
      script.textContent = 'window.hacked = true';
      const holder = document.createElement('div');
      holder.append(script);
      add(holder.innerHTML);
    });
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => (window as unknown as { hacked?: boolean }).hacked)).toBeUndefined();
    expect(refused.some((text) => text.includes('frame-src'))).toBe(true);
    await page.context().close();
  });
});

describe('the headers', () => {
  it('of a document carry another nonce each time, and let nobody frame it', async () => {
    const policies = await Promise.all(
      [1, 2].map(async () => (await fetch(`${base}/sign-in`)).headers.get('content-security-policy')),
    );
    const nonce = (policy: string | null | undefined) => /'nonce-([^']+)'/.exec(policy ?? '')?.[1];
    expect(nonce(policies[0])).toHaveLength(24);
    expect(nonce(policies[0])).not.toBe(nonce(policies[1]));
    expect(policies[0]).toContain("frame-ancestors 'none'");
    expect(policies[0]).not.toContain('unsafe-eval');
    expect(policies[0]).not.toMatch(/(script|style)-src [^;]*unsafe-inline/);
  });

  it('stand on every kind of answer', async () => {
    for (const path of ['/sign-in', '/no/such/page', '/api/health', `/api/t/${company.slug}/shell`]) {
      const { headers } = await fetch(base + path, { redirect: 'manual' });
      expect(headers.get('content-security-policy'), path).toMatch(/frame-ancestors 'none'/);
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('referrer-policy'), path).toBe('same-origin');
      expect(headers.get('x-powered-by'), path).toBeNull();
    }
  });

  it('do not depend on what the client says about prefetching', async () => {
    const { headers } = await fetch(`${base}/sign-in`, {
      headers: { purpose: 'prefetch', 'next-router-prefetch': '1' },
    });
    expect(headers.get('content-security-policy')).toContain("script-src 'nonce-");
  });
});
