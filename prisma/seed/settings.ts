import { z } from 'zod';

const shape = z.object({
  DEMO_IMAP_HOST: z.string().min(1),
  DEMO_IMAP_PORT: z.coerce.number().int(),
  DEMO_SMTP_HOST: z.string().min(1),
  DEMO_SMTP_PORT: z.coerce.number().int(),
  DEMO_MAIL_PASSWORD: z.string().min(1).default('pw'),
  DEMO_PASSWORD: z.string().min(8),
});

/** Where the demo's servers are and what everybody's password is; bin/demo sets them. */
export type SeedSettings = {
  imap: { host: string; port: number };
  smtp: { host: string; port: number };
  mailPassword: string;
  password: string;
};

export function seedSettings(): SeedSettings {
  const found = shape.parse(process.env);
  return {
    imap: { host: found.DEMO_IMAP_HOST, port: found.DEMO_IMAP_PORT },
    smtp: { host: found.DEMO_SMTP_HOST, port: found.DEMO_SMTP_PORT },
    mailPassword: found.DEMO_MAIL_PASSWORD,
    password: found.DEMO_PASSWORD,
  };
}
