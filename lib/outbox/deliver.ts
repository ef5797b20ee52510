import { setTimeout } from 'node:timers/promises';
import { withLiveAccess, withNewAccess } from '#lib/accounts/oauth-access.ts';
import { type AccountSettings, loadAccount } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import type { Clock } from '#lib/clock.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import { isAppError, toProblem } from '#lib/errors.ts';
import { failpoint } from '#lib/failpoint.ts';
import { newId } from '#lib/ids.ts';
import { log } from '#lib/log.ts';
import { type SubmitOptions, type SubmitResult, submitMail } from '#lib/mail/smtp/submit.ts';
import { resolveAllowedHost } from '#lib/net/index.ts';
import { CLAIM_SECONDS, type Claimed, claimDelivery, keepClaim, noteDataStarted } from '#lib/outbox/claim.ts';
import { type OutgoingMail, outgoingMail } from '#lib/outbox/outgoing.ts';
import { type Settler, settleDelivery } from '#lib/outbox/settle.ts';
import { enqueue } from '#lib/queue/index.ts';

type Work = { account: AccountSettings; active: boolean; mail: OutgoingMail };
/** Silence of a server that ends a submission, milliseconds. */
const SILENCE_MS = 60_000;
export type DeliverAs = { clock?: Clock; imported?: boolean; silenceMs?: number };

/**
 * The way of one outbound mail (architecture.md 5): claim, compose, submit, settle, each in its own short transaction and
 * the network in none. Killed anywhere, it goes on by the rows alone: before the body by a new try, after it as uncertain.
 * Calling it twice, or for a delivery that isn't due, does nothing.
 */
export async function deliverMail(tenantId: string, deliveryId: string, as: DeliverAs = {}): Promise<void> {
  const run: Run = (work) => inTenant({ tenantId, actor: SYSTEM, ...as }, work);
  const token = newId();
  const claimed = await run((scope) => claimDelivery(scope, deliveryId, token));
  if (!claimed) {
    // A worker died after the body had begun: only a person, or proof, may say what became of it.
    await run((scope) => settleDelivery(scope, deliveryId, 'sweeper', { kind: 'uncertain', words: '' }));
    return;
  }
  if ('waitSeconds' in claimed) {
    await ringLater(tenantId, deliveryId, claimed.waitSeconds);
    return;
  }
  failpoint('after-claim');
  const heartbeat = setInterval(
    () => {
      run((scope) => keepClaim(scope, deliveryId, token)).catch(() => {});
    },
    (CLAIM_SECONDS * 1000) / 3,
  );
  const result = await attempt(run, claimed, token, as.silenceMs ?? SILENCE_MS).finally(() => clearInterval(heartbeat));
  if (result === 'claim-lost') return;
  await settleFirmly(run, deliveryId, { token, attempts: claimed.attempts }, result);
  failpoint('after-settle');
}

// Without the bell the sweeper finds the row when its time has come.
async function ringLater(tenantId: string, deliveryId: string, seconds: number): Promise<void> {
  await enqueue('mail.deliver', { tenantId, deliveryId }, { delayMs: seconds * 1000 }).catch((error) =>
    log.warn('outbox.notRung', { deliveryId, error }),
  );
}

type Run = <T>(work: (scope: Scope) => Promise<T>) => Promise<T>;

/** How long a result is kept in hand while the database is away, and how often it is offered, milliseconds. */
const SETTLE_FOR_MS = 120_000;
const SETTLE_EVERY_MS = 3000;

// What the server said is known only here: a database that is away for a moment must not make it uncertain.
async function settleFirmly(run: Run, deliveryId: string, settler: Settler, result: SubmitResult): Promise<void> {
  const until = Date.now() + SETTLE_FOR_MS;
  for (;;) {
    try {
      return await run((scope) => settleDelivery(scope, deliveryId, settler, result));
    } catch (error) {
      if (toProblem(error).status !== 503 || Date.now() > until) throw error;
      await setTimeout(SETTLE_EVERY_MS);
    }
  }
}

async function attempt(
  run: Run,
  claimed: Claimed,
  token: string,
  silenceMs: number,
): Promise<SubmitResult | 'claim-lost'> {
  let work: Work;
  try {
    work = await run((scope) => load(scope, claimed));
  } catch (error) {
    // An account whose secret can't be opened, say: it fails visibly by the schedule instead of standing still.
    log.error('outbox.notLoaded', { deliveryId: claimed.id, error });
    return { kind: 'retry', words: ownWords(isAppError(error) ? error.reason : 'notLoaded'), phase: 'connect' };
  }
  // Its admin has stopped this account: the mail waits where everybody sees it, and fails after two days.
  if (!work.active) return { kind: 'retry', words: ownWords('sendingPaused'), phase: 'connect' };
  const onDataStarted: SubmitOptions['onDataStarted'] = async (rejected) => {
    const ours = await run((scope) => noteDataStarted(scope, claimed.id, token, rejected));
    if (!ours) throw new ClaimLost();
    failpoint('after-data-started');
  };
  return submit(work, { onDataStarted, timeoutMs: silenceMs, keepOpen: true });
}

/** Our own reason in the place of a server's words: the screen says it in the reader's language. */
const ownWords = (reason: string): string => `own:${reason}`;

class ClaimLost extends Error {}

const load = async (scope: Scope, claimed: Claimed): Promise<Work> => ({
  account: await loadAccount(scope, claimed.accountId),
  active: await isActive(scope, claimed.accountId),
  mail: await outgoingMail(scope, claimed),
});

async function isActive(scope: Scope, id: string): Promise<boolean> {
  return (await scope.db.mailAccount.count({ where: { tenantId: scope.tenantId, id, state: 'active' } })) === 1;
}

async function submit({ account, mail }: Work, options: SubmitOptions): Promise<SubmitResult | 'claim-lost'> {
  try {
    const result = await submitAs(await withLiveAccess(account), mail, options);
    const refused = result.kind === 'refused' && result.phase === 'auth';
    // A token that should have been good: one new one, then the refusal counts.
    return refused && account.oauth ? await submitAs(await withNewAccess(account), mail, options) : result;
  } catch (error) {
    if (error instanceof ClaimLost) return 'claim-lost';
    // Nothing has left us: a host that can't be found now, or our own fault; both are tried again.
    const words = isAppError(error) ? ownWords(error.reason) : error instanceof Error ? error.message : String(error);
    return { kind: 'retry', words, phase: 'connect' };
  }
}

async function submitAs(account: AccountSettings, mail: OutgoingMail, options: SubmitOptions): Promise<SubmitResult> {
  const allowed = await resolveAllowedHost(account.smtp.host);
  const settings = { ...account.smtp, host: allowed.address, tls: { servername: account.smtp.host } };
  const envelope = { from: mail.envelopeFrom, recipients: mail.recipients };
  return submitMail(settings, envelope, await mail.compose(), options);
}
