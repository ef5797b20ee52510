import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { browserProgram } from '../../bin/support/servers.mjs';

const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the installed Chromium with a fresh profile. Close it in afterAll. */
export function startBrowser(): Promise<Browser> {
  const executablePath = browserProgram();
  if (!executablePath) throw new Error('Chromium is not installed (bin/test installs it).');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  // Without a UTF-8 locale Chromium can't write a Japanese file name, and calls every download "download".
  const env = { ...process.env, LC_ALL: 'C.UTF-8' } as Record<string, string>;
  return chromium.launch({ executablePath, args: [...quiet, ...asRoot], env });
}

/** A person at their own browser: Japanese, in Tokyo, with no cookies yet. Close it at the end of the test. */
export function newPerson(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return browser.newContext({
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    viewport: { width: 1440, height: 900 },
    ...options,
  });
}
