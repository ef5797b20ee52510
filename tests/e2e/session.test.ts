import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTEMPTS } from '#lib/auth/rate-limit.ts';
import { builtActions, callAction } from '#tests/e2e/web/actions.ts';
import { type Company, makeCompany, PASSWORD } from '#tests/e2e/web/company.ts';
import { signInAs, submitSignIn } from '#tests/e2e/web/session.ts';
import { migrateUrl, productEnv, urls } from '#tests/support/stack.ts';
import { freePort, logsDir, startWeb } from '../../bin/support/servers.mjs';

const [one, two] = urls;
const owner = new pg.Client({ connectionString: migrateUrl });
let company: Company;

beforeAll(async () => {
  await owner.connect();
  company = await makeCompany(migrateUrl, async () => '0'.repeat(64));
});
afterAll(async () => {
  // Everybody in these tests comes from one address.
  await owner.query('DELETE FROM login_attempt');
  await owner.end();
});

const shell = (base: string, cookie: string) => fetch(`${base}/api/t/${company.slug}/shell`, { headers: { cookie } });
const sessionCookieOf = (response: Response) =>
  response.headers.getSetCookie().find((text) => text.includes('session='));

describe('a session', () => {
  it('made by one web process is known to the other', async () => {
    const cookie = await signInAs(one, company.email.agent);
    expect((await shell(one, cookie)).status).toBe(200);
    expect((await shell(two, cookie)).status).toBe(200);
  });

  it('ends in every process at sign-out, even for somebody who kept the cookie', async () => {
    const cookie = await signInAs(one, company.email.agent);
    await callAction(one, cookie, builtActions().get('app/(auth)/actions.ts#signOut') ?? '', []);
    for (const base of urls) expect((await shell(base, cookie)).status).toBe(401);
  });

  it('is a cookie that no script reads, no foreign page sends, and that names nobody', async () => {
    const response = await submitSignIn(one, company.email.agent, PASSWORD);
    const cookie = sessionCookieOf(response) ?? '';
    expect(cookie).toMatch(/^madoguchi-session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=lax$/i);
    expect(response.headers.getSetCookie()).toHaveLength(2); // ours, and next-auth's URL taken back
    expect(cookie.length).toBeLessThan(600);
  });

  it('is tied to the host by its prefix when people come by https', async () => {
    const port = await freePort();
    const env = { ...productEnv, APP_URL: 'https://madoguchi.example' };
    const web = await startWeb({ port, env, name: 'web-https', logFile: path.join(logsDir, 'e2e-web-https.log') });
    try {
      const base = `http://127.0.0.1:${port}`;
      const response = await submitSignIn(base, company.email.agent, PASSWORD);
      expect(sessionCookieOf(response)).toMatch(/^__Host-madoguchi-session=[^;]+; Path=\/; [^;]+; Secure; HttpOnly;/i);
      const [cookie = ''] = (sessionCookieOf(response) ?? '').split(';');
      expect((await shell(base, cookie)).status).toBe(200);
      expect((await fetch(`${base}/sign-in`)).headers.get('strict-transport-security')).toBe('max-age=31536000');
    } finally {
      await web.stop();
    }
  });

  it('is not made from a cookie that somebody else sealed', async () => {
    for (const value of ['x', 'a.b.c.d.e', `${'e'.repeat(3000)}`])
      expect((await shell(one, `madoguchi-session=${value}`)).status).toBe(401);
  });
});

describe('the sign-in form', () => {
  it('goes to a path of ours and nowhere else', async () => {
    const to = async (next: string) =>
      (await submitSignIn(one, company.email.agent, PASSWORD, { next })).headers.get('location');
    expect(await to(`/${company.slug}/inbox?view=mine`)).toBe(`/${company.slug}/inbox?view=mine`);
    for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)'])
      expect(await to(next)).toBe('/');
  });

  it('says what is wrong in the words of the person, and gives no session', async () => {
    const response = await submitSignIn(one, company.email.agent, 'wrong');
    expect(await response.text()).toContain('メールアドレスかパスワードが違います');
    expect(sessionCookieOf(response)).toBeUndefined();
  });

  it('gives no session for a header that bends the library', async () => {
    const response = await submitSignIn(one, company.email.agent, 'wrong', {
      headers: { 'x-auth-return-redirect': '1' },
    });
    expect(sessionCookieOf(response)).toBeUndefined();
    expect(response.headers.get('location')).toBeNull();
  });

  it('takes no form from another site', async () => {
    const headers = { origin: 'https://evil.example' };
    const response = await submitSignIn(one, company.email.agent, PASSWORD, { headers });
    expect(sessionCookieOf(response)).toBeUndefined();
  });

  it('opens no way around next-auth', async () => {
    for (const where of ['session', 'csrf', 'providers', 'signin', 'callback/credentials'])
      expect((await fetch(`${one}/api/auth/${where}`, { redirect: 'manual' })).status).toBe(404);
  });
});

// Last: it fills the count of the address we all come from.
describe('the rate limit', () => {
  it('counts the socket’s address, whatever the client claims, over both processes', async () => {
    await owner.query('DELETE FROM login_attempt');
    const attempt = (n: number) =>
      submitSignIn(n % 2 ? one : two, `nobody${n}@example.jp`, 'x', {
        headers: {
          'x-forwarded-for': `203.0.113.${n}`,
          'x-real-ip': `203.0.113.${n}`,
          forwarded: `for=203.0.113.${n}`,
        },
      });
    for (let n = 0; n < ATTEMPTS.perIp; n += 5) await Promise.all([0, 1, 2, 3, 4].map((m) => attempt(n + m)));
    const { rows } = await owner.query('SELECT count(DISTINCT key)::int AS keys FROM login_attempt');
    expect(rows[0].keys).toBe(ATTEMPTS.perIp + 1);
    const refused = await submitSignIn(one, company.email.viewer, PASSWORD, {
      headers: { 'x-forwarded-for': '198.51.100.9' },
    });
    expect(await refused.text()).toContain('15分待ってから');
    expect(sessionCookieOf(refused)).toBeUndefined();
    await owner.query('DELETE FROM login_attempt');
  });
});
