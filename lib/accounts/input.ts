import { z } from 'zod';

const host = z.string().trim().min(1, 'required').max(253);
const port = z.coerce.number().int().min(1, 'invalidValue').max(65_535, 'invalidValue');
const security = z.enum(['tls', 'starttls', 'none']);

/** What the plain form of a mail account sends. Passwords go in sealed and never come out again. */
export const accountInput = z.object({
  mailboxId: z.uuid('required'),
  address: z
    .string()
    .trim()
    .toLowerCase()
    .min(1, 'required')
    .max(254)
    .regex(/^[^\s@]+@[^\s@]+$/, 'addressFormat'),
  imapHost: host,
  imapPort: port,
  imapSecurity: security,
  imapUser: z.string().trim().min(1, 'required').max(254),
  imapPassword: z.string().min(1, 'required').max(1000),
  smtpHost: host,
  smtpPort: port,
  smtpSecurity: security,
  smtpUser: z.string().trim().max(254).default(''),
  smtpPassword: z.string().max(1000).default(''),
  /** Import what arrived since this day (ISO 8601), or only what arrives from now on. */
  importSince: z.iso.datetime().nullable().default(null),
  /** The provider files what is sent by itself: then we don't. */
  filesSent: z.boolean().default(false),
});
export type AccountInput = z.output<typeof accountInput>;
