import { receiveMail } from '#lib/inbound/receive.ts';
import { sanitiseArrived } from '#lib/inbound/sanitise-arrived.ts';
import { deliverMail } from '#lib/outbox/deliver.ts';
import { fileSent } from '#lib/outbox/file-sent.ts';
import type { JobHandlers } from '#lib/queue/index.ts';
import { fairBell } from '#workers/fair-bell.ts';
import type { Watchers } from '#workers/watchers/imap.ts';

/** Of the eight at once (lib/queue/jobs.ts): one company's slow server leaves half of them to the others. */
const DELIVERIES_PER_TENANT = 4;

/** What each job calls; a job says nothing that its verb doesn't already say (architecture.md 1.6). */
export function processors(watchers: Watchers): JobHandlers {
  return {
    'account.pull': async ({ tenantId, accountId }) => watchers.watch(tenantId, accountId),
    'mailbox.receive': async ({ tenantId, mailboxId }) => void (await receiveMail(tenantId, mailboxId)),
    'mail.deliver': fairBell(DELIVERIES_PER_TENANT, ({ tenantId, deliveryId }) => deliverMail(tenantId, deliveryId)),
    'mail.file-sent': ({ tenantId, deliveryId }) => fileSent(tenantId, deliveryId),
    'mail.sanitise': ({ tenantId, ...arrived }) => sanitiseArrived(tenantId, arrived),
  };
}
