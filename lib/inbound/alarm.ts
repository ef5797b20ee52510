import { type IncidentData, noteIncident } from '#lib/accounts/incidents.ts';
import { withLiveAccess } from '#lib/accounts/oauth-access.ts';
import { loadAccount } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import { newId } from '#lib/ids.ts';
import { claimAlarm, type DueAlarm } from '#lib/inbound/alarm-facts.ts';
import { type AlarmMail, alarmMail } from '#lib/inbound/alarm-mail.ts';
import { log } from '#lib/log.ts';
import { composeMail } from '#lib/mail/compose.ts';
import { submitMail } from '#lib/mail/smtp/submit.ts';
import { resolveAllowedHost } from '#lib/net/index.ts';
import { publish } from '#lib/realtime/index.ts';

/** Silence of an SMTP server that ends the try, milliseconds: the next account may be quicker. */
const SMTP_TIMEOUT_MS = 30_000;
/** Accounts tried for one alarm. */
const MOST_SENDERS = 5;

/**
 * Tells that an account's receipt stands still, or goes on again: an incident, and a mail by another account's SMTP to the
 * addresses of the alarm. Once a standstill; a mail that no account could send is tried again every 15 minutes. Does nothing
 * when there is nothing to tell. Killed between sending and noting it, it is sent twice: better than never.
 */
export async function raiseAlarm(tenantId: string, accountId: string): Promise<void> {
  const run = <T>(work: (scope: Scope) => Promise<T>) => inTenant({ tenantId, actor: SYSTEM }, work);
  const due = await run(async (scope) => {
    const claimed = await claimAlarm(scope, accountId);
    if (claimed) await noteBeginning(scope, accountId, claimed);
    return claimed;
  });
  if (!due) return;
  const wanted = due.kind === 'stopped' || due.mailed;
  const outcome = wanted ? await send(run, due) : 'not-wanted';
  await run((scope) => noteOutcome(scope, accountId, due, outcome));
}

type Run = <T>(work: (scope: Scope) => Promise<T>) => Promise<T>;
type Outcome = 'sent' | 'not-wanted' | NonNullable<IncidentData['why']>;

async function noteBeginning(scope: Scope, accountId: string, { kind, facts, noted }: DueAlarm): Promise<void> {
  if (kind !== 'stopped' || noted) return;
  await noteIncident(scope, accountId, 'standstill', { since: facts.since.toISOString(), code: facts.code });
}

async function send(run: Run, { kind, facts, addresses, senders }: DueAlarm): Promise<Outcome> {
  if (addresses.length === 0) return 'no-address';
  if (senders.length === 0) return 'no-account';
  for (const id of senders.slice(0, MOST_SENDERS)) {
    if (await sendBy(run, id, addresses, alarmMail(kind, facts))) return 'sent';
  }
  return 'not-sent';
}

async function sendBy(run: Run, id: string, to: string[], { sender, ...mail }: AlarmMail): Promise<boolean> {
  try {
    const account = await withLiveAccess(await run((scope) => loadAccount(scope, id)));
    const { address } = account;
    const raw = await composeMail({
      ...{ ...mail, messageId: `<${newId()}@${address.split('@').at(-1)}>`, date: new Date(), auto: 'generated' },
      from: { name: sender, address },
      to: to.map((one) => ({ name: '', address: one })),
    });
    const allowed = await resolveAllowedHost(account.smtp.host);
    const settings = { ...account.smtp, host: allowed.address, tls: { servername: account.smtp.host } };
    const envelope = { from: address, recipients: to, size: raw.length };
    const options = { onDataStarted: async () => {}, timeoutMs: SMTP_TIMEOUT_MS };
    const result = await submitMail(settings, envelope, raw, options);
    // One that may have arrived counts: the next account would send it twice.
    if (result.kind === 'sent' || result.kind === 'uncertain') return true;
    log.warn('alarm.notSent', { accountId: id, kind: result.kind });
  } catch (error) {
    log.warn('alarm.notSent', { accountId: id, error });
  }
  return false;
}

async function noteOutcome(scope: Scope, accountId: string, due: DueAlarm, outcome: Outcome): Promise<void> {
  const { tenantId, db } = scope;
  const { kind, facts, addresses, noted } = due;
  const since = facts.since.toISOString();
  const where = { tenantId, id: accountId };
  if (kind === 'recovered') {
    await db.mailAccount.updateMany({
      where: { ...where, standsSince: null },
      data: { alarmNotedAt: null, alarmSentAt: null, alarmNextAt: null },
    });
    await noteIncident(scope, accountId, 'recovered', { since });
  } else if (outcome === 'sent') {
    await db.mailAccount.updateMany({ where, data: { alarmSentAt: new Date(), alarmNextAt: null } });
    await noteIncident(scope, accountId, 'alarm-sent', { since, recipients: addresses.length });
  } else if (outcome !== 'not-wanted' && !noted) {
    await noteIncident(scope, accountId, 'alarm-failed', { since, why: outcome });
  }
  scope.afterCommit(() => publish(tenantId, { type: 'account', id: accountId, mailboxId: null, version: 0 }));
}
