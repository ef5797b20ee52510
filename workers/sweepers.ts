import { sanitiseStored } from '#lib/attachments/html.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { releaseHold } from '#lib/conversations/hold.ts';
import { inTenant } from '#lib/db/scope.ts';
import {
  alarmsDue,
  bodiesToMake,
  deliveriesDue,
  deliveriesToFile,
  holdLease,
  holdsOver,
  mailboxesWithPendingMail,
  type Ref,
  releaseLease,
} from '#lib/db/system.ts';
import { newId } from '#lib/ids.ts';
import { raiseAlarm } from '#lib/inbound/alarm.ts';
import { receiveMail } from '#lib/inbound/receive.ts';
import { log } from '#lib/log.ts';
import { SANITISER_VERSION } from '#lib/mail/html/sanitise.ts';
import { deliverMail } from '#lib/outbox/deliver.ts';
import { fileSent } from '#lib/outbox/file-sent.ts';
import { FairShare } from '#workers/fair-share.ts';

/** Rows one look finds, two ids each: enough that one company's backlog doesn't hide everybody else's row. */
const MOST = 2000;
/** Most of the work is waiting for somebody's mail server; more at once would take the pool's connections from the jobs. */
const LIMITS = { atOnce: 8, perTenant: 2 };
/** Mails made safe anew in a minute: slow on purpose, for a change of the sanitiser concerns them all. */
const BODIES = 1000;
const EVERY_MS = 2000;
const LEASE_SECONDS = 10;

type Sweeper = { name: string; find: () => Promise<Ref[]>; handle: (ref: Ref) => Promise<unknown> };

/**
 * The night guard: work that stands in rows and whose doorbell was lost (Redis gone, process killed). Each is what the job
 * would have done; all are harmless when the job was faster.
 */
const SWEEPERS: readonly Sweeper[] = [
  { name: 'receive', find: mailboxesWithPendingMail, handle: ({ tenantId, id }) => receiveMail(tenantId, id) },
  { name: 'deliver', find: () => deliveriesDue(MOST), handle: ({ tenantId, id }) => deliverMail(tenantId, id) },
  { name: 'file-sent', find: () => deliveriesToFile(MOST), handle: ({ tenantId, id }) => fileSent(tenantId, id) },
  { name: 'alarm', find: () => alarmsDue(MOST), handle: ({ tenantId, id }) => raiseAlarm(tenantId, id) },
  {
    name: 'hold-over',
    find: () => holdsOver(new Date(), MOST),
    handle: ({ tenantId, id }) => inTenant({ tenantId, actor: SYSTEM }, (scope) => releaseHold(scope, id)),
  },
  {
    name: 'sanitise',
    find: onceAMinute(() => bodiesToMake(SANITISER_VERSION, new Date(), BODIES)),
    handle: ({ tenantId, id }) =>
      inTenant({ tenantId, actor: SYSTEM }, (scope) => sanitiseStored(scope, id), { timeoutMs: 60_000 }),
  },
];

/** Nobody waits for these: who opens such a mail has it made on the way. */
function onceAMinute(find: () => Promise<Ref[]>): () => Promise<Ref[]> {
  let next = 0;
  return async () => {
    if (Date.now() < next) return [];
    next = Date.now() + 60_000;
    return find();
  };
}

/** Starts the sweepers of this process; each runs where it holds its lease, one process at a time. */
export function startSweepers(): { close(): Promise<void> } {
  const running = SWEEPERS.map(startSweeper);
  return { close: async () => void (await Promise.all(running.map((sweeper) => sweeper.close()))) };
}

function startSweeper({ name, find, handle }: Sweeper): { close(): Promise<void> } {
  const token = newId();
  const lease = `sweeper.${name}`;
  const work = new FairShare(
    (ref) =>
      handle(ref).then(
        () => {},
        (error) => log.warn('sweeper.rowFailed', { sweeper: name, id: ref.id, error }),
      ),
    LIMITS,
  );
  const ticks = startTicks(name, async () => {
    // Each look renews the lease, also while rows of an earlier one are still in hand.
    work.offer((await holdLease(lease, token, LEASE_SECONDS)) ? await find() : []);
  });
  return {
    async close() {
      await ticks.close();
      await work.close();
      await releaseLease(lease, token).catch(() => {});
    },
  };
}

/** Looks again and again, never twice at the same time; a look that fails is logged and the next one comes. */
function startTicks(name: string, look: () => Promise<void>): { close(): Promise<void> } {
  let looking: Promise<void> | null = null;
  const timer = setInterval(() => {
    looking ??= look()
      .catch((error) => log.warn('sweeper.failed', { sweeper: name, error }))
      .finally(() => {
        looking = null;
      });
  }, EVERY_MS);
  return {
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}
