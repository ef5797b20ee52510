import { z } from 'zod';

/** What browsers are told: which thing changed, never what it says (architecture.md 4.3). They read it by the normal way. */
export const realtimeEvent = z.object({
  type: z.enum(['conversation', 'mailbox', 'delivery', 'access', 'account']),
  id: z.string().max(64),
  /** Who may hear it: those who see this 窓口; null is everybody of the tenant. */
  mailboxId: z.uuid().nullable(),
  version: z.int(),
});

export type RealtimeEvent = z.output<typeof realtimeEvent>;

const CHANNEL = 'mg.rt.';

export const channelOf = (tenantId: string): string => CHANNEL + tenantId;
export const tenantOf = (channel: string): string => channel.slice(CHANNEL.length);
