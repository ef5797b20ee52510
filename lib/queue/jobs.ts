import { z } from 'zod';

const id = z.uuid();

type JobKind = { payload: z.ZodObject; attempts: number; concurrency: number; why: string };

/**
 * Every job of the product. A job is a doorbell: it carries ids only, the work stands in a row that a sweeper finds too,
 * so losing or doubling one does no harm. `attempts` is small because retry state lives in PostgreSQL; `concurrency` is
 * per worker process.
 */
export const JOBS = {
  'account.pull': {
    payload: z.strictObject({ tenantId: id, accountId: id }),
    attempts: 1,
    concurrency: 8,
    why: 'somebody wants this account looked at now; whoever holds its lease pulls',
  },
  'mailbox.receive': {
    payload: z.strictObject({ tenantId: id, mailboxId: id }),
    attempts: 3,
    concurrency: 4,
    why: 'raw mail was stored for this mailbox and waits to be read into conversations',
  },
  'mail.deliver': {
    payload: z.strictObject({ tenantId: id, deliveryId: id }),
    attempts: 1,
    concurrency: 8,
    why: 'a delivery is due: its undo window is over, or its next attempt has come',
  },
  'mail.file-sent': {
    payload: z.strictObject({ tenantId: id, deliveryId: id }),
    attempts: 3,
    concurrency: 2,
    why: 'a mail was accepted and its copy belongs into the Sent folder',
  },
  'mail.sanitise': {
    payload: z.strictObject({ tenantId: id, mailboxId: id, firstId: id, lastId: id }),
    attempts: 3,
    concurrency: 1,
    why: 'messages from firstId to lastId came with HTML that nobody has made safe yet; a reader would have to wait for it',
  },
} as const satisfies Record<string, JobKind>;

export type JobName = keyof typeof JOBS;
export type JobPayload<N extends JobName> = z.output<(typeof JOBS)[N]['payload']>;

export const JOB_NAMES = Object.keys(JOBS) as JobName[];

/** Keys of BullMQ begin with this in Redis. */
export const PREFIX = 'mg';

/** Same ids, same doorbell. Without ':' which BullMQ reserves, and never only digits (architecture.md 6). */
export const ringId = (name: JobName, payload: Record<string, string>): string =>
  [
    name,
    ...Object.keys(payload)
      .sort()
      .map((key) => payload[key]),
  ].join('.');
