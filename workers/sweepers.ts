import { SYSTEM } from '#lib/auth/actor.ts';
import { releaseHold } from '#lib/conversations/hold.ts';
import { inTenant } from '#lib/db/scope.ts';
import {
  deliveriesDue,
  deliveriesToFile,
  holdLease,
  holdsOver,
  mailboxesWithPendingMail,
  type Ref,
  releaseLease,
} from '#lib/db/system.ts';
import { newId } from '#lib/ids.ts';
import { receiveMail } from '#lib/inbound/receive.ts';
import { log } from '#lib/log.ts';
import { deliverMail } from '#lib/outbox/deliver.ts';
import { fileSent } from '#lib/outbox/file-sent.ts';

/** Rows one round takes up; the next round takes the rest. */
const MOST = 200;
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
  {
    name: 'hold-over',
    find: () => holdsOver(new Date(), MOST),
    handle: ({ tenantId, id }) => inTenant({ tenantId, actor: SYSTEM }, (scope) => releaseHold(scope, id)),
  },
];

/** Starts the sweepers of this process; each runs where it holds its lease, one process at a time. */
export function startSweepers(): { close(): Promise<void> } {
  const running = SWEEPERS.map(startSweeper);
  return { close: async () => void (await Promise.all(running.map((sweeper) => sweeper.close()))) };
}

function startSweeper(sweeper: Sweeper): { close(): Promise<void> } {
  const token = newId();
  const lease = `sweeper.${sweeper.name}`;
  let closed = false;
  let round: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    round = round.then(() => (closed ? undefined : sweep(sweeper, lease, token)));
  }, EVERY_MS);
  return {
    async close() {
      closed = true;
      clearInterval(timer);
      await round;
      await releaseLease(lease, token).catch(() => {});
    },
  };
}

async function sweep({ name, find, handle }: Sweeper, lease: string, token: string): Promise<void> {
  try {
    if (!(await holdLease(lease, token, LEASE_SECONDS))) return;
    for (const ref of await find()) {
      await handle(ref).catch((error) => log.warn('sweeper.rowFailed', { sweeper: name, id: ref.id, error }));
    }
  } catch (error) {
    log.warn('sweeper.failed', { sweeper: name, error });
  }
}
