import { z } from 'zod';
import { providerById } from '#lib/mail/providers.ts';

// A name or address, never a path or a user: it goes to the resolver and into a certificate's check.
const host = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, 'required')
  .max(253)
  .regex(/^[^\s/@?#\\]+$/, 'invalidValue');
const port = z.coerce.number().int().min(1, 'invalidValue').max(65_535, 'invalidValue');
const security = z.enum(['tls', 'starttls', 'none']);
const mailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, 'required')
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/, 'addressFormat');

/** What the form of a mail account sends. Passwords go in sealed and never come out again; an empty one keeps what is stored. */
export const accountInput = z.object({
  mailboxId: z.uuid('required'),
  address: mailAddress,
  /** A preset's id (lib/mail/providers.ts), or empty. */
  provider: z
    .string()
    .max(40)
    .refine((id) => id === '' || providerById(id) !== null, 'invalidValue')
    .default(''),
  /** By a password, or by OAuth2 at the provider: then both passwords are left empty. */
  auth: z.enum(['password', 'google', 'microsoft']).default('password'),
  /** Further addresses whose mail lands in this account. */
  aliases: z.array(mailAddress).max(50).default([]),
  plusAddress: z.boolean().default(false),
  imapHost: host,
  imapPort: port,
  imapSecurity: security,
  imapUser: z.string().trim().min(1, 'required').max(254),
  imapPassword: z.string().max(1000).default(''),
  smtpHost: host,
  smtpPort: port,
  smtpSecurity: security,
  smtpUser: z.string().trim().max(254).default(''),
  smtpPassword: z.string().max(1000).default(''),
  /** Import what arrived since this day (ISO 8601), or only what arrives from now on. Counts at the first connection only. */
  importSince: z.iso.datetime().nullable().default(null),
  /** The folder for sent mail; null: the one the server names. */
  sentFolder: z.string().min(1).max(500).nullable().default(null),
  /** The provider files what is sent by itself: then we don't. */
  filesSent: z.boolean().default(false),
  /** Own sending limits; null: the provider's. */
  sendPerMinute: z.coerce.number().int().min(1, 'invalidValue').max(10_000).nullable().default(null),
  sendConnections: z.coerce.number().int().min(1, 'invalidValue').max(20, 'invalidValue').nullable().default(null),
});
export type AccountInput = z.output<typeof accountInput>;
