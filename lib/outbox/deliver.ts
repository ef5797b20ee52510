import { type AccountSettings, loadAccount } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import type { Clock } from '#lib/clock.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import { failpoint } from '#lib/failpoint.ts';
import { newId } from '#lib/ids.ts';
import { type SubmitResult, submitMail } from '#lib/mail/smtp/submit.ts';
import { resolveAllowedHost } from '#lib/net/index.ts';
import {
  abandonedAfterData,
  CLAIM_SECONDS,
  type Claimed,
  claimDelivery,
  keepClaim,
  noteDataStarted,
} from '#lib/outbox/claim.ts';
import { type OutgoingMail, outgoingMail } from '#lib/outbox/outgoing.ts';
import { settleDelivery } from '#lib/outbox/settle.ts';

type Work = { claimed: Claimed; account: AccountSettings; mail: OutgoingMail };
/** Silence of a server that ends a submission, milliseconds. */
const SMTP_TIMEOUT_MS = 60_000;

/**
 * The way of one outbound mail (architecture.md 5): claim, compose, submit, settle, each in its own short transaction and
 * the network in none. Killed anywhere, it goes on by the rows alone: before the body by a new try, after it as uncertain.
 * Calling it twice, or for a delivery that isn't due, does nothing.
 */
export async function deliverMail(
  tenantId: string,
  deliveryId: string,
  as: { clock?: Clock; imported?: boolean } = {},
): Promise<void> {
  const run = <T>(work: (scope: Scope) => Promise<T>) => inTenant({ tenantId, actor: SYSTEM, ...as }, work);
  const token = newId();
  const work = await run((scope) => begin(scope, deliveryId, token));
  if (!work) {
    // A worker died after the body had begun: only a person, or proof, may say what became of it.
    await run(async (scope) => {
      if (await abandonedAfterData(scope, deliveryId)) {
        await settleDelivery(scope, deliveryId, null, { kind: 'uncertain', words: '' });
      }
    });
    return;
  }
  failpoint('after-claim');
  const heartbeat = setInterval(
    () => {
      run((scope) => keepClaim(scope, deliveryId, token)).catch(() => {});
    },
    (CLAIM_SECONDS * 1000) / 3,
  );
  const result = await submit(work, async () => {
    const ours = await run((scope) => noteDataStarted(scope, deliveryId, token));
    if (!ours) throw new ClaimLost();
    failpoint('after-data-started');
  }).finally(() => clearInterval(heartbeat));
  if (result === 'claim-lost') return;
  await run((scope) => settleDelivery(scope, deliveryId, token, result));
  failpoint('after-settle');
}

class ClaimLost extends Error {}

async function begin(scope: Scope, deliveryId: string, token: string): Promise<Work | null> {
  const claimed = await claimDelivery(scope, deliveryId, token);
  if (!claimed) return null;
  const account = await loadAccount(scope, claimed.accountId);
  return { claimed, account, mail: await outgoingMail(scope, claimed) };
}

async function submit(
  { account, mail }: Work,
  onDataStarted: () => Promise<void>,
): Promise<SubmitResult | 'claim-lost'> {
  try {
    const allowed = await resolveAllowedHost(account.smtp.host);
    const tls = { servername: account.smtp.host };
    const settings = { ...account.smtp, host: allowed.address, tls };
    const envelope = { from: account.address, recipients: mail.recipients };
    return await submitMail(settings, envelope, await mail.compose(), { onDataStarted, timeoutMs: SMTP_TIMEOUT_MS });
  } catch (error) {
    if (error instanceof ClaimLost) return 'claim-lost';
    // Nothing has left us: a host that can't be found now, or our own fault; both are tried again.
    return { kind: 'retry', words: error instanceof Error ? error.message : String(error), phase: 'connect' };
  }
}
