import type { OauthProvider } from '#lib/accounts/oauth-providers.ts';
import { openSecret } from '#lib/crypto/index.ts';
import type { Scope } from '#lib/db/scope.ts';
import { notFound, unavailable } from '#lib/errors.ts';
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
  /** By OAuth2: withLiveAccess puts a live token into `imap` and `smtp`. Null with a password. */
  oauth: AccountGrant | null;
};

/** What a provider granted; `accessToken` may be over or gone, the refresh token gets another. */
export type AccountGrant = {
  provider: OauthProvider;
  refreshToken: string;
  accessToken: string | null;
  expiresAt: Date | null;
};

type Security = 'tls' | 'starttls' | 'none';
/** What a sealed secret belongs to: sealed for one account, it opens for no other. */
export const secretContext = (accountId: string, which: 'imap' | 'smtp' | 'oauth' | 'access') =>
  `mail-account:${accountId}:${which}`;

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
      password: opened(row.imapSecret, row.id, 'imap'),
    },
    smtp: {
      host: row.smtpHost,
      port: row.smtpPort,
      secure: row.smtpSecurity as Security,
      user: row.smtpUser,
      password: opened(row.smtpSecret, row.id, 'smtp'),
    },
    oauth: row.auth === 'password' ? null : grantOf(row),
  };
}

const opened = (sealed: string, accountId: string, which: Parameters<typeof secretContext>[1]): string =>
  sealed === '' ? '' : openSecret(sealed, secretContext(accountId, which));

type GrantRow = {
  id: string;
  auth: string;
  oauthSecret: string | null;
  oauthAccess: string | null;
  oauthExpiresAt: Date | null;
};

function grantOf(row: GrantRow): AccountGrant {
  if (row.oauthSecret === null) throw unavailable('oauthExpired');
  return {
    provider: row.auth as OauthProvider,
    refreshToken: opened(row.oauthSecret, row.id, 'oauth'),
    accessToken: row.oauthAccess === null ? null : opened(row.oauthAccess, row.id, 'access'),
    expiresAt: row.oauthExpiresAt,
  };
}
