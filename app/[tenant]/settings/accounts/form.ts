import { instantOf } from '#components/time/zoned.ts';
import type { AccountInput } from '#lib/accounts/input.ts';

export type Security = AccountInput['imapSecurity'];
/** The form as it is typed; what is sent is made of it by toInput. */
export type AccountForm = {
  mailboxId: string;
  address: string;
  imapHost: string;
  imapPort: string;
  imapSecurity: Security;
  imapUser: string;
  imapPassword: string;
  sameLogin: boolean;
  smtpHost: string;
  smtpPort: string;
  smtpSecurity: Security;
  smtpUser: string;
  smtpPassword: string;
  importSince: string;
  filesSent: boolean;
};

export const EMPTY: AccountForm = {
  mailboxId: '',
  address: '',
  imapHost: '',
  imapPort: '993',
  imapSecurity: 'tls',
  imapUser: '',
  imapPassword: '',
  sameLogin: true,
  smtpHost: '',
  smtpPort: '465',
  smtpSecurity: 'tls',
  smtpUser: '',
  smtpPassword: '',
  importSince: '',
  filesSent: false,
};

/** The usual ports; a port that somebody chose stays. */
export const PORTS: Record<'imap' | 'smtp', Record<Security, string>> = {
  imap: { tls: '993', starttls: '143', none: '143' },
  smtp: { tls: '465', starttls: '587', none: '25' },
};
const USUAL = new Set(['993', '143', '465', '587', '25', '']);
export const portAfter = (port: string, which: 'imap' | 'smtp', security: Security): string =>
  USUAL.has(port) ? PORTS[which][security] : port;

export function toInput(form: AccountForm, zone: string): AccountInput {
  const { sameLogin, importSince, ...rest } = form;
  return {
    ...rest,
    imapPort: Number(form.imapPort),
    smtpPort: Number(form.smtpPort),
    smtpUser: sameLogin ? form.imapUser : form.smtpUser,
    smtpPassword: sameLogin ? form.imapPassword : form.smtpPassword,
    // The company's midnight, not this device's.
    importSince: importSince === '' ? null : (instantOf(`${importSince}T00:00`, zone)?.toISOString() ?? null),
  };
}

/** Reasons (messages errors.*) by field, for what can be seen without asking a server. */
export function wrongFields(form: AccountForm): Partial<Record<keyof AccountForm, string>> {
  const wrong: Partial<Record<keyof AccountForm, string>> = {};
  for (const field of ['mailboxId', 'address', 'imapHost', 'imapUser', 'imapPassword', 'smtpHost'] as const) {
    if (form[field].trim() === '') wrong[field] = 'required';
  }
  if (!wrong.address && !/^[^\s@]+@[^\s@]+$/.test(form.address.trim())) wrong.address = 'addressFormat';
  for (const field of ['imapPort', 'smtpPort'] as const) {
    const port = Number(form[field]);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) wrong[field] = 'invalidValue';
  }
  return wrong;
}
