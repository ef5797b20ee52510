import { openSecret } from '#lib/crypto/index.ts';
import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import type { ImapSettings } from '#lib/mail/imap/index.ts';
import type { SmtpSettings } from '#lib/mail/smtp/submit.ts';

/** A mail account as the machines need it: servers with their opened secrets. Never leaves the process. */
export type AccountSettings = {
  id: string;
  tenantId: string;
  mailboxId: string;
  address: string;
  inboxFolder: string;
  sentFolder: string | null;
  filesSent: boolean;
  importSince: Date | null;
  createdAt: Date;
  imap: ImapSettings;
  smtp: SmtpSettings;
};

type Security = 'tls' | 'starttls' | 'none';
/** What a sealed secret belongs to: sealed for one account, it opens for no other. */
export const secretContext = (accountId: string, which: 'imap' | 'smtp') => `mail-account:${accountId}:${which}`;

/** Loads an account's settings; the system's business, not a member's. */
export async function loadAccount(scope: Scope, accountId: string): Promise<AccountSettings> {
  const row = await scope.db.mailAccount.findUnique({
    where: { tenantId_id: { tenantId: scope.tenantId, id: accountId } },
  });
  if (!row) throw notFound();
  return {
    id: row.id,
    tenantId: row.tenantId,
    mailboxId: row.mailboxId,
    address: row.address,
    inboxFolder: row.inboxFolder,
    sentFolder: row.sentFolder,
    filesSent: row.filesSent,
    importSince: row.importSince,
    createdAt: row.createdAt,
    imap: {
      host: row.imapHost,
      port: row.imapPort,
      secure: row.imapSecurity as Security,
      user: row.imapUser,
      password: openSecret(row.imapSecret, secretContext(row.id, 'imap')),
    },
    smtp: {
      host: row.smtpHost,
      port: row.smtpPort,
      secure: row.smtpSecurity as Security,
      user: row.smtpUser,
      password: row.smtpSecret === '' ? '' : openSecret(row.smtpSecret, secretContext(row.id, 'smtp')),
    },
  };
}
