import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventStream } from '#app/api/t/[tenant]/stream/events.ts';
import { type Member, membershipOf } from '#lib/auth/membership.ts';
import { closeDatabase } from '#lib/db/client.ts';
import { createSession, readSession, revokeSession } from '#lib/db/system.ts';
import { newId } from '#lib/ids.ts';
import { closeRealtime, publish } from '#lib/realtime/index.ts';
import { type Company, makeCompany } from '#tests/e2e/web/company.ts';
import { databaseUrl } from '#tests/support/database.ts';

const owner = new pg.Client({ connectionString: databaseUrl('migrate') });
let company: Company;
let other: Company;

beforeAll(async () => {
  await owner.connect();
  const noBlob = async () => '0'.repeat(64);
  company = await makeCompany(databaseUrl('migrate'), noBlob);
  other = await makeCompany(databaseUrl('migrate'), noBlob);
});
afterAll(async () => {
  closeRealtime();
  await owner.end();
  await closeDatabase();
});

async function agent(of: Company): Promise<Member> {
  const { rows } = await owner.query('SELECT id FROM person WHERE email = $1', [of.email.agent]);
  const sessionId = await createSession({ personId: rows[0].id, factors: ['password'], userAgent: '' });
  const person = await readSession(sessionId);
  if (!person) throw new Error('no session');
  return membershipOf({ sessionId, ...person }, of.slug);
}

/** Opens a stream and collects what it says. */
async function listen(member: Member, { heartbeatMs = 60_000, lifeMs = 60_000 } = {}) {
  const leave = new AbortController();
  const reader = (await eventStream(member, leave.signal, { heartbeatMs, lifeMs })).getReader();
  const heard: string[] = [];
  let ended = false;
  const done = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      heard.push(Buffer.from(value).toString());
    }
    ended = true;
  })();
  const until = async (wanted: () => boolean): Promise<void> => {
    for (const began = Date.now(); !wanted() && Date.now() - began < 5000; )
      await new Promise((r) => setTimeout(r, 20));
    expect(wanted()).toBe(true);
  };
  return { heard, until, leave: () => leave.abort(), done, ended: () => ended };
}
const event = (mailboxId: string | null, type: 'conversation' | 'access' = 'conversation') => ({
  ...{ type, id: newId(), mailboxId, version: 1 },
});
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('begins with resync, tells only of 窓口 I see, and nothing of another company', async () => {
  const stream = await listen(await agent(company));
  await stream.until(() => stream.heard[0]?.includes('event: resync') === true);
  const [seen, hidden, foreign, all] = [
    event(company.seenMailbox),
    event(company.hiddenMailbox),
    event(other.seenMailbox),
    event(null),
  ];
  await publish(company.tenantId, hidden);
  await publish(other.tenantId, foreign);
  await publish(company.tenantId, seen);
  await publish(company.tenantId, all);
  await stream.until(() => stream.heard.length >= 3);
  expect(stream.heard.slice(1)).toEqual([seen, all].map((one) => `data: ${JSON.stringify(one)}\n\n`));
  stream.leave();
  await stream.done;
});

it('looks again at what I may see when somebody changed it', async () => {
  const stream = await listen(await agent(company));
  const { rows } = await owner.query('SELECT id FROM member_group WHERE tenant_id = $1', [company.tenantId]);
  await owner.query('INSERT INTO group_mailbox VALUES ($1, $2, $3)', [
    company.tenantId,
    rows[0].id,
    company.hiddenMailbox,
  ]);
  await publish(company.tenantId, event(null, 'access'));
  await stream.until(() => stream.heard.length === 2);
  await publish(company.tenantId, event(company.hiddenMailbox));
  await stream.until(() => stream.heard.length === 3);
  await owner.query('DELETE FROM group_mailbox WHERE tenant_id = $1 AND mailbox_id = $2', [
    company.tenantId,
    company.hiddenMailbox,
  ]);
  await publish(company.tenantId, event(null, 'access'));
  await stream.until(() => stream.heard.length === 4);
  await publish(company.tenantId, event(company.hiddenMailbox));
  await later(200);
  expect(stream.heard).toHaveLength(4);
  stream.leave();
});

it('ends at the next heartbeat after the session was revoked', async () => {
  const member = await agent(company);
  const stream = await listen(member, { heartbeatMs: 100 });
  await stream.until(() => stream.heard.some((text) => text.startsWith('event: heartbeat')));
  await revokeSession(member.person.sessionId);
  await stream.until(stream.ended);
});

it('ends when the membership does, at once if it is told so', async () => {
  const member = await agent(other);
  const stream = await listen(member);
  await owner.query(`UPDATE membership SET state = 'ended' WHERE id = $1`, [member.actor.id]);
  await publish(other.tenantId, event(null, 'access'));
  await stream.until(stream.ended);
});

it('ends after its time, and when the process is asked to stop', async () => {
  const short = await listen(await agent(company), { lifeMs: 100 });
  await short.until(short.ended);
  const stream = await listen(await agent(company));
  // Ours is one listener of the signal among others; here nothing else listens.
  process.emit('SIGTERM', 'SIGTERM');
  await stream.until(stream.ended);
});
