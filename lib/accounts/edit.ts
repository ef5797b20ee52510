import { hasMail } from '#lib/accounts/remove.ts';
import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import type { Security } from '#lib/mail/providers.ts';

/** An account as its form shows it. No secret leaves the server: only whether there is one. */
export type AccountToEdit = {
  id: string;
  version: number;
  state: 'active' | 'paused';
  mailboxId: string;
  address: string;
  provider: string;
  auth: 'password' | 'google' | 'microsoft';
  /** By OAuth2: has somebody signed in at the provider? */
  signedIn: boolean;
  aliases: string[];
  plusAddress: boolean;
  imapHost: string;
  imapPort: number;
  imapSecurity: Security;
  imapUser: string;
  smtpHost: string;
  smtpPort: number;
  smtpSecurity: Security;
  smtpUser: string;
  sentFolder: string | null;
  filesSent: boolean;
  sendPerMinute: number | null;
  sendConnections: number | null;
  importSince: string | null;
  /** With mail in it an account can only be paused. */
  hasMail: boolean;
};

/** The account for its form. @throws NotFound */
export async function accountToEdit(scope: Scope, accountId: string): Promise<AccountToEdit> {
  requireMay(scope, 'account.edit');
  const { tenantId, db } = scope;
  const row = await db.mailAccount.findUnique({
    where: { tenantId_id: { tenantId, id: accountId } },
    include: { mailAliasByAccount: { select: { address: true }, orderBy: { address: 'asc' } } },
  });
  if (!row) throw notFound();
  const { id, version, mailboxId, address, provider, plusAddress, imapHost, imapPort, imapUser } = row;
  const { smtpHost, smtpPort, smtpUser, sentFolder, filesSent, sendPerMinute, sendConnections } = row;
  return {
    ...{ id, version, mailboxId, address, provider, plusAddress, imapHost, imapPort, imapUser },
    ...{ smtpHost, smtpPort, smtpUser, sentFolder, filesSent, sendPerMinute, sendConnections },
    ...{ imapSecurity: row.imapSecurity as Security, smtpSecurity: row.smtpSecurity as Security },
    ...{ auth: row.auth as AccountToEdit['auth'], state: row.state as AccountToEdit['state'] },
    signedIn: row.oauthSecret !== null,
    aliases: row.mailAliasByAccount.map((alias) => alias.address),
    importSince: row.importSince?.toISOString() ?? null,
    hasMail: await hasMail(scope, accountId),
  };
}
