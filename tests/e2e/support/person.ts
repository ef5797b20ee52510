import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Shop, StaffKey } from '#tests/e2e/support/shop.ts';
import { signInAs } from '#tests/e2e/web/session.ts';
import { newPerson } from '#tests/support/browser.ts';
import { urls } from '#tests/support/stack.ts';

export type Person = {
  context: BrowserContext;
  page: Page;
  /** Console errors, uncaught exceptions and what the content policy refused, in every document and frame. */
  complaints: string[];
};

type Wanted = { browser: Browser; base?: string; options?: BrowserContextOptions };

/** Somebody before a browser of their own, not signed in yet. */
export async function visitor({ browser, options }: Wanted): Promise<Person> {
  const context = await newPerson(browser, options);
  const complaints: string[] = [];
  await context.exposeFunction('refusedByPolicy', (text: string) => void complaints.push(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const told = window as unknown as { refusedByPolicy: (text: string) => void };
      told.refusedByPolicy(`policy: ${location.pathname} ${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  context.on('console', (message) => {
    // Playwright's own script, refused by the frame of a mail like any other.
    if (message.text().startsWith('Blocked script execution in') && message.text().includes('/mail-content/')) return;
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => void complaints.push(`uncaught: ${error.error()}`));
  return { context, page: await context.newPage(), complaints };
}

/** A member of the shop, signed in at one of the web processes, with the inbox before them and its stream open. */
export async function member(shop: Shop, key: StaffKey, { browser, base = urls[0], options }: Wanted): Promise<Person> {
  const person = await visitor({ browser, options });
  await signInByCookie(person, shop, key, base);
  await openInbox(person.page, shop, base);
  return person;
}

/** As the sign-in form does, without its page. */
export async function signInByCookie(person: Person, shop: Shop, key: StaffKey, base = urls[0]): Promise<void> {
  const cookies = (await signInAs(base, shop.emailOf(key))).split('; ').map((pair) => {
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: base };
  });
  await person.context.addCookies(cookies);
}

/** The inbox, ready: what happens from now on comes by the stream. */
export async function openInbox(page: Page, shop: Shop, base = urls[0], query = ''): Promise<void> {
  const stream = page.waitForRequest((request) => request.url().endsWith('/stream'));
  await page.goto(`${base}/${shop.slug}/inbox${query}`);
  await stream;
}
