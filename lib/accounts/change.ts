import { setAliases } from '#lib/accounts/aliases.ts';
import type { AccountInput } from '#lib/accounts/input.ts';
import { tryAtOnce } from '#lib/accounts/pause.ts';
import { requireFreeAddress } from '#lib/accounts/save.ts';
import { moveSentFolder } from '#lib/accounts/sent-folder.ts';
import { secretContext } from '#lib/accounts/settings.ts';
import type { AccountTest } from '#lib/accounts/test-steps.ts';
import { requireMay } from '#lib/auth/actor.ts';
import { sealSecret } from '#lib/crypto/index.ts';
import type { Scope } from '#lib/db/scope.ts';
import { conflict, notFound } from '#lib/errors.ts';
import { publish } from '#lib/realtime/index.ts';

/**
 * Changes a mail account; the caller has tested it where it connects otherwise than before. An empty password keeps the
 * stored one. What failed before is forgotten, and the account is tried at once. From a password to OAuth2 the account waits,
 * paused, for its sign-in at the provider.
 * @throws Conflict savedElsewhere when somebody saved since `version` was read; nothing is changed then
 */
export async function changeAccount(
  scope: Scope,
  accountId: string,
  version: number,
  input: AccountInput,
  tested: Pick<AccountTest, 'sentFolder'> | null,
): Promise<void> {
  requireMay(scope, 'account.edit');
  const { tenantId, db } = scope;
  const before = await db.mailAccount.findUnique({ where: { tenantId_id: { tenantId, id: accountId } } });
  if (!before) throw notFound();
  await requireFreeAddress(scope, input, accountId);
  const { imapPassword, smtpPassword, aliases, importSince: _, sentFolder, ...plain } = input;
  const { count } = await db.mailAccount.updateMany({
    where: { tenantId, id: accountId, version },
    data: { ...plain, ...secretsOf(accountId, before.auth, input), version: { increment: 1 } },
  });
  if (count === 0) throw conflict('savedElsewhere');
  await setAliases(scope, accountId, aliases);
  await chooseSentFolder(scope, accountId, before.sentFolder, sentFolder ?? tested?.sentFolder ?? before.sentFolder);
  await moveWaitingMail(scope, accountId, before.mailboxId, input.mailboxId);
  await tryAtOnce(scope, accountId);
  scope.afterCommit(() => publish(tenantId, { type: 'account', id: accountId, mailboxId: null, version: 0 }));
}

function secretsOf(id: string, before: string, { auth, imapPassword, smtpPassword, smtpUser }: AccountInput) {
  if (auth !== 'password') {
    // The grant of the same provider stays good; any other begins with its sign-in.
    if (before === auth) return {};
    return { imapSecret: '', smtpSecret: '', oauthSecret: null, oauthAccess: null, state: 'paused' };
  }
  return {
    ...(imapPassword === '' ? {} : { imapSecret: sealSecret(imapPassword, secretContext(id, 'imap')) }),
    ...(smtpUser === '' ? { smtpSecret: '' } : {}),
    ...(smtpUser === '' || smtpPassword === ''
      ? {}
      : { smtpSecret: sealSecret(smtpPassword, secretContext(id, 'smtp')) }),
    ...(before === 'password' ? {} : { oauthSecret: null, oauthAccess: null, oauthExpiresAt: null, state: 'active' }),
  };
}

async function chooseSentFolder(scope: Scope, accountId: string, from: string | null, to: string | null) {
  if (to === null || to === from) return;
  if (from !== null) return moveSentFolder(scope, accountId, from, to);
  const { tenantId, db } = scope;
  await db.mailAccount.updateMany({ where: { tenantId, id: accountId }, data: { sentFolder: to } });
}

// Mail that was fetched and isn't in a 案件 yet goes where the account goes.
async function moveWaitingMail({ tenantId, db }: Scope, accountId: string, from: string, to: string): Promise<void> {
  if (from === to) return;
  await db.inboundMail.updateMany({
    where: { tenantId, accountId, mailboxId: from, state: 'pending' },
    data: { mailboxId: to },
  });
}
