import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { putBlob } from '#lib/blobs/index.ts';
import { type Company, makeCompany } from '#tests/e2e/web/company.ts';
import { signInAs } from '#tests/e2e/web/session.ts';
import { migrateUrl, urls } from '#tests/support/stack.ts';

/** The way of an admin's browser to a mail account's provider and back, by the built app and the tests' issuer. */
const [base] = urls;
let ours: Company;
let admin: string;
let other: string;

beforeAll(async () => {
  const put = async (tenantId: string, bytes: Buffer) => (await putBlob(tenantId, bytes)).sha256;
  ours = await makeCompany(migrateUrl, put);
  const theirs = await makeCompany(migrateUrl, put);
  admin = await signInAs(base, ours.email.admin);
  other = await signInAs(base, theirs.email.admin);
});

const go = (url: string, cookie = '') => fetch(url, { redirect: 'manual', headers: { cookie } });

/** Leaves for the provider and comes back to the callback's door. */
async function roundTrip() {
  const left = await go(`${base}/api/t/${ours.slug}/accounts/${ours.googleAccount}/oauth/start?provider=google`, admin);
  expect(left.status).toBe(303);
  const nonce = (left.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const provider = await go(left.headers.get('location') ?? '');
  return { cookieLine: left.headers.get('set-cookie') ?? '', nonce, callback: provider.headers.get('location') ?? '' };
}

const resultOf = (response: Response) => new URL(response.headers.get('location') ?? '').searchParams.get('oauth');

async function accountRow() {
  const db = new pg.Client({ connectionString: migrateUrl });
  await db.connect();
  const { rows } = await db.query('SELECT state, oauth_secret FROM mail_account WHERE id = $1', [ours.googleAccount]);
  await db.end();
  return rows[0] as { state: string; oauth_secret: string | null };
}

describe('signing a mail account in at its provider', () => {
  it('takes nothing from a browser that did not leave for it, nor from another person', async () => {
    const { callback, nonce } = await roundTrip();
    expect(resultOf(await go(callback, admin))).toBe('expired');
    expect(resultOf(await go(callback, `${other}; ${nonce}`))).toBe('failed');
    expect(resultOf(await go(callback, nonce))).toBe('failed');
    expect(await accountRow()).toEqual({ state: 'paused', oauth_secret: null });
  });

  it('leads home when the state is not ours, and says so when the person refuses', async () => {
    const { callback, nonce } = await roundTrip();
    const forged = new URL(callback);
    forged.searchParams.set('state', 'forged');
    expect((await go(forged.href, admin)).headers.get('location')).toBe(`${base}/`);
    const refused = new URL(callback);
    refused.searchParams.delete('code');
    refused.searchParams.set('error', 'access_denied');
    expect(resultOf(await go(refused.href, `${admin}; ${nonce}`))).toBe('denied');
    expect((await accountRow()).oauth_secret).toBeNull();
  });

  it('connects the account, once, and takes the nonce away', async () => {
    const { callback, nonce, cookieLine } = await roundTrip();
    expect(cookieLine).toMatch(/HttpOnly; SameSite=Lax; Max-Age=600/);
    const back = await go(callback, `${admin}; ${nonce}`);
    expect(back.status).toBe(303);
    expect(new URL(back.headers.get('location') ?? '').pathname).toBe(`/${ours.slug}/settings/mailboxes`);
    expect(resultOf(back)).toBe('connected');
    expect(back.headers.get('set-cookie')).toMatch(/^mg_oauth=; .*Max-Age=0/);
    const { state, oauth_secret } = await accountRow();
    expect([state, oauth_secret?.slice(0, 3)]).toEqual(['active', 's1.']);
    expect(resultOf(await go(callback, `${admin}; ${nonce}`))).toBe('expired');
  });
});
