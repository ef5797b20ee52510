import type { AccountInput } from '#lib/accounts/input.ts';
import type { OauthProvider } from '#lib/accounts/oauth-providers.ts';
import { requireProvidersServer } from '#lib/accounts/oauth-servers.ts';
import { type AccountSettings, loadAccount } from '#lib/accounts/settings.ts';
import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';
import { invalid, notFound } from '#lib/errors.ts';
import type { ImapSettings } from '#lib/mail/imap/index.ts';
import type { SmtpSettings } from '#lib/mail/smtp/settings.ts';

/** What an account's test connects to. `oauth`: the grant whose live token stands in `imap` and `smtp` once it was fetched. */
export type Servers = {
  address: string;
  provider: string;
  auth: AccountInput['auth'];
  imap: ImapSettings;
  smtp: SmtpSettings;
};
export type ServersToTest = { servers: Servers; stored: AccountSettings | null };

/**
 * The servers of the form with their passwords: those just typed, or for an account that exists the stored ones. A stored
 * password goes only where it went before: with another server, user or weaker encryption it has to be typed again.
 * An OAuth2 token likewise, or to its provider's own servers.
 * @throws Invalid required or passwordAgain at the password's field, oauthElsewhere at the host's
 */
export async function serversToTest(
  scope: Scope,
  input: AccountInput,
  accountId: string | null,
): Promise<ServersToTest> {
  requireMay(scope, 'account.edit');
  const stored = accountId === null ? null : await storedAccount(scope, accountId);
  const { address, provider, auth } = input;
  const imap = {
    ...{ host: input.imapHost, port: input.imapPort, secure: input.imapSecurity, user: input.imapUser },
    password: input.imapPassword,
  };
  const smtp = {
    ...{ host: input.smtpHost, port: input.smtpPort, secure: input.smtpSecurity, user: input.smtpUser },
    password: input.smtpPassword,
  };
  if (auth === 'password') {
    imap.password ||= keptPassword(imap, stored?.imap ?? null, 'imapPassword');
    if (smtp.user !== '') smtp.password ||= keptPassword(smtp, stored?.smtp ?? null, 'smtpPassword');
  }
  if (auth !== 'password') {
    const granted = stored?.oauth ? stored : null;
    requireKnownPlace(auth, imap, granted?.imap ?? null, 'imapHost');
    requireKnownPlace(auth, smtp, granted?.smtp ?? null, 'smtpHost');
  }
  return { servers: { address, provider, auth, imap, smtp }, stored };
}

const CONNECTION = [
  ...(['address', 'auth', 'imapHost', 'imapPort', 'imapSecurity', 'imapUser'] as const),
  ...(['smtpHost', 'smtpPort', 'smtpSecurity', 'smtpUser'] as const),
] as const;

/** Would saving this change how the account connects? Then it is tested first. @throws NotFound */
export async function connectsOtherwise(scope: Scope, input: AccountInput, accountId: string): Promise<boolean> {
  requireMay(scope, 'account.edit');
  const row = await accountRow(scope, accountId);
  const typed = input.auth === 'password' && (input.imapPassword !== '' || input.smtpPassword !== '');
  return typed || CONNECTION.some((field) => row[field] !== input[field]);
}

// An account that waits for its first sign-in at the provider has nothing to open.
async function storedAccount(scope: Scope, id: string): Promise<AccountSettings | null> {
  const { auth, oauthSecret } = await accountRow(scope, id);
  return auth !== 'password' && oauthSecret === null ? null : loadAccount(scope, id);
}

async function accountRow({ db, tenantId }: Scope, id: string) {
  const row = await db.mailAccount.findUnique({ where: { tenantId_id: { tenantId, id } } });
  if (!row) throw notFound();
  return row;
}

// Where it went before, or to its provider.
function requireKnownPlace(auth: OauthProvider, wanted: Sealed, before: Sealed | null, field: string): void {
  if (wanted.host === before?.host && wanted.secure === before.secure) return;
  requireProvidersServer(auth, wanted, field);
}

type Sealed = { host: string; user?: string | null; secure: string; password?: string | null };

function keptPassword(wanted: Sealed, stored: Sealed | null, field: string): string {
  if (!stored?.password) throw invalid('required', {}, field);
  const same = stored.host === wanted.host && stored.user === wanted.user && stored.secure === wanted.secure;
  if (!same) throw invalid('passwordAgain', {}, field);
  return stored.password;
}
