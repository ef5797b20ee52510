/**
 * The only caller of the SECURITY DEFINER functions: answers before a tenant is known, and the few looks across tenants,
 * which return ids and nothing else (architecture.md 3).
 */
import type { Capability, Role } from '#lib/auth/policy.ts';
import { database } from '#lib/db/client.ts';
import { newId } from '#lib/ids.ts';

export type SignInPerson = { personId: string; passwordHash: string; disabled: boolean };
export type LiveSession = { personId: string; name: string; email: string; locale: string; factors: string[] };
export type FoundMembership = {
  tenantId: string;
  tenantName: string;
  zone: string;
  undoSeconds: number;
  membershipId: string;
  displayName: string;
  roles: Role[];
  capabilities: Partial<Record<Capability, boolean>>;
};

/** Somebody with this e-mail address, case aside; null if nobody. */
export async function findPersonForSignIn(email: string): Promise<SignInPerson | null> {
  const rows = await database().$queryRaw<SignInPerson[]>`
    SELECT person_id AS "personId", password_hash AS "passwordHash", disabled FROM find_person_for_sign_in(${email})`;
  return rows[0] ?? null;
}

/** Failed sign-ins under this key in the last minutes. */
export async function countAttempts(key: string, sinceMinutes: number): Promise<number> {
  const rows = await database().$queryRaw<
    { n: number }[]
  >`SELECT count_attempts(${key}, ${sinceMinutes}::integer) AS n`;
  return rows[0]?.n ?? 0;
}

/** Remembers one failed sign-in. */
export async function recordAttempt(key: string): Promise<void> {
  await database().$queryRaw`SELECT record_attempt(${newId()}::uuid, ${key})`;
}

/** Forgets the failures after a good sign-in. */
export async function clearAttempts(key: string): Promise<void> {
  await database().$queryRaw`SELECT clear_attempts(${key})`;
}

/** A new session row; returns its id, which is all that the cookie carries. */
export async function createSession(input: {
  personId: string;
  factors: string[];
  userAgent: string;
}): Promise<string> {
  const id = newId();
  await database().$queryRaw`
    SELECT create_session(${id}::uuid, ${input.personId}::uuid, ${input.factors}::text[], ${input.userAgent})`;
  return id;
}

/** The person of a live session; null when revoked, unused for 14 days, or the person is disabled. */
export async function readSession(sessionId: string): Promise<LiveSession | null> {
  const rows = await database().$queryRaw<LiveSession[]>`
    SELECT person_id AS "personId", name, email, locale, factors FROM read_session(${sessionId}::uuid)`;
  return rows[0] ?? null;
}

/** Is the session still good? Asked at each heartbeat of a stream. */
export async function sessionIsLive(sessionId: string): Promise<boolean> {
  return (await readSession(sessionId)) !== null;
}

/** Ends a session at once, on every device that holds its id. */
export async function revokeSession(sessionId: string): Promise<void> {
  await database().$queryRaw`SELECT revoke_session(${sessionId}::uuid)`;
}

/** The companies in which the person is active. */
export async function tenantsOfPerson(personId: string): Promise<{ slug: string; name: string }[]> {
  return database().$queryRaw`SELECT slug, name FROM tenants_of_person(${personId}::uuid)`;
}

/** The person's active membership in the company of that slug, or null: then the company doesn't exist for them. */
export async function findMembership(personId: string, slug: string): Promise<FoundMembership | null> {
  const rows = await database().$queryRaw<FoundMembership[]>`
    SELECT tenant_id AS "tenantId", tenant_name AS "tenantName", zone, undo_seconds AS "undoSeconds",
      membership_id AS "membershipId", display_name AS "displayName", roles, capabilities
    FROM find_membership(${personId}::uuid, ${slug})`;
  return rows[0] ?? null;
}

export type Ref = { tenantId: string; id: string };

/** Accounts that no living process owns and whose pause is over. */
export async function accountsWithoutOwner(most: number): Promise<Ref[]> {
  return database().$queryRaw`
    SELECT tenant_id AS "tenantId", account_id AS id FROM accounts_without_owner(${most}::integer)`;
}

/** 窓口 with mail that is stored and not yet understood. */
export async function mailboxesWithPendingMail(): Promise<Ref[]> {
  return database().$queryRaw`SELECT tenant_id AS "tenantId", mailbox_id AS id FROM mailboxes_with_pending_mail()`;
}

/** Deliveries whose time has come, and those a dead process left behind. */
export async function deliveriesDue(most: number): Promise<Ref[]> {
  return database().$queryRaw`SELECT tenant_id AS "tenantId", delivery_id AS id FROM deliveries_due(${most}::integer)`;
}

/** Accepted deliveries whose copy isn't in Sent yet. */
export async function deliveriesToFile(most: number): Promise<Ref[]> {
  return database()
    .$queryRaw`SELECT tenant_id AS "tenantId", delivery_id AS id FROM deliveries_to_file(${most}::integer)`;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Mails of the last day whose HTML nobody has made safe in a minute, and all that an older sanitiser made. */
export async function bodiesToMake(version: number, now: Date, most: number): Promise<Ref[]> {
  const [from, to] = [firstIdAt(now.getTime() - DAY_MS), firstIdAt(now.getTime() - MINUTE_MS)];
  return database().$queryRaw`
    SELECT tenant_id AS "tenantId", message_id AS id
    FROM bodies_to_make(${version}::integer, ${from}::uuid, ${to}::uuid, ${most}::integer)`;
}

/** The lowest uuid v7 of this millisecond. */
function firstIdAt(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** 保留 whose date has come, by business time. */
export async function holdsOver(now: Date, most: number): Promise<Ref[]> {
  return database().$queryRaw`
    SELECT tenant_id AS "tenantId", conversation_id AS id FROM holds_over(${now}, ${most}::integer)`;
}

/** Accounts whose standstill, or its end, is to be told. */
export async function alarmsDue(most: number): Promise<Ref[]> {
  return database().$queryRaw`SELECT tenant_id AS "tenantId", account_id AS id FROM alarms_due(${most}::integer)`;
}

/** Gives every table that has rows and no statistics its first ones; how many that were. */
export async function analyseNewTables(): Promise<number> {
  const rows = await database().$queryRaw<{ done: number }[]>`SELECT analyse_new_tables() AS done`;
  return rows[0]?.done ?? 0;
}

/** Takes or keeps a named lease for so many seconds; false while somebody else holds it. */
export async function holdLease(name: string, token: string, seconds: number): Promise<boolean> {
  const rows = await database().$queryRaw<{ name: string }[]>`
    INSERT INTO worker_lease (name, token, lease_until)
    VALUES (${name}, ${token}::uuid, clock_timestamp() + make_interval(secs => ${seconds}::integer))
    ON CONFLICT (name) DO UPDATE SET token = excluded.token, lease_until = excluded.lease_until
      WHERE worker_lease.token = excluded.token OR worker_lease.lease_until < clock_timestamp()
    RETURNING name`;
  return rows.length === 1;
}

/** Gives a lease back, so that the next process needn't wait for its end. */
export async function releaseLease(name: string, token: string): Promise<void> {
  await database().$executeRaw`DELETE FROM worker_lease WHERE name = ${name} AND token = ${token}::uuid`;
}

/** Does the database answer? */
export async function databaseAnswers(): Promise<boolean> {
  await database().$queryRaw`SELECT 1`;
  return true;
}
