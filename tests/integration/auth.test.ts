import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTEMPTS } from '#lib/auth/rate-limit.ts';
import { type SignInInput, signInInput, signInWithPassword } from '#lib/auth/sign-in.ts';
import { hashPassword } from '#lib/crypto/index.ts';
import { closeDatabase } from '#lib/db/client.ts';
import { findMembership, readSession, revokeSession, sessionIsLive, tenantsOfPerson } from '#lib/db/system.ts';
import { newId } from '#lib/ids.ts';
import { databaseUrl } from '#tests/support/database.ts';

const PASSWORD = 'correct horse battery';
const owner = new pg.Client({ connectionString: databaseUrl('migrate') });
let hash = '';

beforeAll(async () => {
  await owner.connect();
  hash = await hashPassword(PASSWORD);
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

let used = 0;
/** An address and a network nobody else in this suite uses. */
const somewhere = () => ({ ip: `10.1.${Math.floor(++used / 250)}.${used % 250}`, userAgent: 'test' });

async function person(email = `${newId()}@example.jp`): Promise<{ id: string; email: string }> {
  const id = newId();
  await owner.query('INSERT INTO person (id, email, name, password_hash) VALUES ($1, $2, $3, $4)', [
    id,
    email,
    'A',
    hash,
  ]);
  return { id, email };
}
const entry = (email: string, password = PASSWORD): SignInInput => signInInput.parse({ email, password });
const outcome = (attempt: Promise<string>): Promise<string> =>
  attempt.then(
    () => 'in',
    (error: { reason?: string }) => error.reason ?? String(error),
  );
const tries = async (count: number, attempt: () => Promise<string>): Promise<string[]> => {
  const outcomes: string[] = [];
  for (let i = 0; i < count; i++) outcomes.push(await outcome(attempt()));
  return outcomes;
};

describe('signing in', () => {
  it('opens a session whose row says who it is, until it is revoked', async () => {
    const { id, email } = await person();
    const sessionId = await signInWithPassword(entry(`  ${email.toUpperCase()} `), somewhere());
    expect(await readSession(sessionId)).toMatchObject({ personId: id, email, locale: 'ja', factors: ['password'] });
    await revokeSession(sessionId);
    expect(await readSession(sessionId)).toBeNull();
    expect(await sessionIsLive(sessionId)).toBe(false);
  });

  it('ends every session of a person who is disabled, and lets no new one begin', async () => {
    const { id, email } = await person();
    const sessionId = await signInWithPassword(entry(email), somewhere());
    await owner.query('UPDATE person SET disabled_at = now() WHERE id = $1', [id]);
    expect(await readSession(sessionId)).toBeNull();
    expect(await outcome(signInWithPassword(entry(email), somewhere()))).toBe('wrongCredentials');
  });

  it('ends a session that nobody used for 14 days', async () => {
    const sessionId = await signInWithPassword(entry((await person()).email), somewhere());
    await owner.query(`UPDATE session SET last_seen_at = now() - interval '15 days' WHERE id = $1`, [sessionId]);
    expect(await readSession(sessionId)).toBeNull();
  });

  it('answers an unknown address like a wrong password, and takes as long', async () => {
    const { email } = await person();
    const time = async (attempt: SignInInput) => {
      const began = performance.now();
      expect(await outcome(signInWithPassword(attempt, somewhere()))).toBe('wrongCredentials');
      return performance.now() - began;
    };
    const middle = async (attempt: () => SignInInput) => {
      const times: number[] = [];
      for (let i = 0; i < 7; i++) times.push(await time(attempt()));
      return times.sort((a, b) => a - b)[3] as number;
    };
    const wrong = await middle(() => entry(email, 'wrong'));
    const unknown = await middle(() => entry(`${newId()}@example.jp`));
    // Without the dummy hash the unknown one would take a tenth.
    expect(unknown / wrong).toBeGreaterThan(0.4);
    expect(unknown / wrong).toBeLessThan(2.5);
  });
});

describe('the rate limit', () => {
  it('refuses even the right password after ten failures of one address, from wherever', async () => {
    const { email } = await person();
    const failures = await tries(ATTEMPTS.perEmail, () => signInWithPassword(entry(email, 'x'), somewhere()));
    expect(new Set(failures)).toEqual(new Set(['wrongCredentials']));
    expect(await outcome(signInWithPassword(entry(email), somewhere()))).toBe('tooManyAttempts');
    await expect(signInWithPassword(entry(email), somewhere())).rejects.toMatchObject({ params: { minutes: 15 } });
  });

  it('holds against a burst at once: no more than the gate lets in beyond the limit', async () => {
    const { email } = await person();
    const burst = Array.from({ length: 60 }, () => outcome(signInWithPassword(entry(email, 'x'), somewhere())));
    const tried = (await Promise.all(burst)).filter((reason) => reason === 'wrongCredentials');
    expect(tried.length).toBeGreaterThanOrEqual(ATTEMPTS.perEmail);
    expect(tried.length).toBeLessThanOrEqual(ATTEMPTS.perEmail + 3);
  });

  it('refuses a network after fifty failures over many addresses, and its own good sign-in does not clear it', async () => {
    const { email } = await person();
    const from = { ip: '2001:db8:1:2::1', userAgent: 'test' };
    await tries(ATTEMPTS.perIp - 1, () => signInWithPassword(entry(`${newId()}@example.jp`), from));
    expect(await outcome(signInWithPassword(entry(email), { ...from, ip: '2001:db8:1:2:ffff::9' }))).toBe('in');
    await tries(1, () => signInWithPassword(entry(`${newId()}@example.jp`), from));
    expect(await outcome(signInWithPassword(entry(email), { ...from, ip: '2001:db8:1:2:0:0:0:77' }))).toBe(
      'tooManyAttempts',
    );
    expect(await outcome(signInWithPassword(entry(email), { ...from, ip: '2001:db8:1:3::1' }))).toBe('in');
  });

  it('forgets the failures of an address after a good sign-in', async () => {
    const { email } = await person();
    const nine = () => tries(ATTEMPTS.perEmail - 1, () => signInWithPassword(entry(email, 'x'), somewhere()));
    await nine();
    expect(await outcome(signInWithPassword(entry(email), somewhere()))).toBe('in');
    await nine();
    expect(await outcome(signInWithPassword(entry(email), somewhere()))).toBe('in');
  });

  it('lets in again when the minutes are over', async () => {
    const { email } = await person();
    await tries(ATTEMPTS.perEmail, () => signInWithPassword(entry(email, 'x'), somewhere()));
    await owner.query(`UPDATE login_attempt SET at = at - interval '15 minutes'`);
    expect(await outcome(signInWithPassword(entry(email), somewhere()))).toBe('in');
  });

  it('keeps no address in the clear', async () => {
    const { email } = await person();
    await tries(1, () => signInWithPassword(entry(email, 'x'), { ip: '203.0.113.77', userAgent: 'test' }));
    const { rows } = await owner.query('SELECT key FROM login_attempt');
    expect(rows.length).toBeGreaterThan(0);
    for (const { key } of rows) expect(key).toMatch(/^[\w-]{43}$/);
  });
});

it('knows a membership only while it is active, and only by its own slug', async () => {
  const { id } = await person();
  const tenant = { id: newId(), slug: `t-${newId().slice(-12)}` };
  await owner.query('INSERT INTO tenant (id, slug, name) VALUES ($1, $2, $3)', [tenant.id, tenant.slug, 'T']);
  const membership = newId();
  await owner.query('INSERT INTO membership (tenant_id, id, person_id, display_name) VALUES ($1, $2, $3, $4)', [
    ...[tenant.id, membership, id, 'Aoki'],
  ]);
  await owner.query('INSERT INTO membership_role (tenant_id, membership_id, role) VALUES ($1, $2, $3)', [
    ...[tenant.id, membership, 'agent'],
  ]);
  expect(await findMembership(id, tenant.slug)).toMatchObject({
    tenantId: tenant.id,
    roles: ['agent'],
    zone: 'Asia/Tokyo',
  });
  expect(await tenantsOfPerson(id)).toEqual([{ slug: tenant.slug, name: 'T' }]);
  expect(await findMembership(newId(), tenant.slug)).toBeNull();
  expect(await findMembership(id, 'elsewhere')).toBeNull();
  await owner.query(`UPDATE membership SET state = 'ended' WHERE id = $1`, [membership]);
  expect(await findMembership(id, tenant.slug)).toBeNull();
  expect(await tenantsOfPerson(id)).toEqual([]);
});
