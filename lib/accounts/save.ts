import { setAliases } from '#lib/accounts/aliases.ts';
import type { AccountInput } from '#lib/accounts/input.ts';
import { secretContext } from '#lib/accounts/settings.ts';
import type { AccountTest } from '#lib/accounts/test-steps.ts';
import { requireMay } from '#lib/auth/actor.ts';
import { sealSecret } from '#lib/crypto/index.ts';
import type { Scope } from '#lib/db/scope.ts';
import { invalid } from '#lib/errors.ts';
import { newId } from '#lib/ids.ts';
import { enqueue } from '#lib/queue/index.ts';

type Tested = Pick<AccountTest, 'sentFolder' | 'folders'>;

/**
 * Connects a mail account to a 窓口; the caller has tested it (testAccount). Its secrets are sealed for this account alone.
 * A worker begins to receive at once, from the mail on that arrived after the test. An account by OAuth2 waits, paused, for
 * its sign-in at the provider (`tested` null). Returns the account's id.
 */
export async function saveAccount(scope: Scope, input: AccountInput, tested: Tested | null): Promise<string> {
  requireMay(scope, 'account.edit');
  const { tenantId, db } = scope;
  await requireFreeAddress(scope, input, null);
  const { imapPassword, smtpPassword, importSince, aliases, ...plain } = input;
  const waits = input.auth !== 'password';
  if (!waits && imapPassword === '') throw invalid('required', {}, 'imapPassword');
  const id = newId();
  await db.mailAccount.create({
    data: {
      ...plain,
      ...{ tenantId, id, state: waits ? 'paused' : 'active' },
      sentFolder: input.sentFolder ?? tested?.sentFolder ?? null,
      imapSecret: waits ? '' : sealSecret(imapPassword, secretContext(id, 'imap')),
      smtpSecret: waits || smtpPassword === '' ? '' : sealSecret(smtpPassword, secretContext(id, 'smtp')),
      importSince: importSince === null ? null : new Date(importSince),
    },
    select: { id: true },
  });
  await setAliases(scope, id, aliases);
  const sent = input.sentFolder === null || input.sentFolder === tested?.sentFolder;
  await beginFolders(scope, id, tested?.folders ?? null, { imports: importSince !== null, sent });
  if (!waits) scope.afterCommit(() => enqueue('account.pull', { tenantId, accountId: id }));
  return id;
}

/** An address receives in one account only, and the 窓口 must be there. @throws Invalid at the field */
export async function requireFreeAddress(
  { tenantId, db }: Scope,
  { mailboxId, address }: AccountInput,
  except: string | null,
): Promise<void> {
  const mailbox = await db.mailbox.count({ where: { tenantId, id: mailboxId } });
  if (mailbox === 0) throw invalid('invalidValue', {}, 'mailboxId');
  const taken = await db.mailAccount.count({
    where: { tenantId, address, ...(except === null ? {} : { id: { not: except } }) },
  });
  if (taken > 0) throw invalid('accountExists', { address }, 'address');
}

// The worker's first pull may be minutes away: what arrives until then is ours already. With an import date both begin
// there instead, which takes a search at the server (startCursor).
async function beginFolders(
  { tenantId, db }: Scope,
  accountId: string,
  tested: Tested['folders'],
  known: { imports: boolean; sent: boolean },
) {
  const begin = [
    { role: 'inbox', at: known.imports ? null : (tested?.inbox ?? null) },
    { role: 'sent', at: known.sent && !known.imports ? (tested?.sent ?? null) : null },
  ];
  const data = begin.flatMap(({ role, at }) =>
    at ? [{ tenantId, accountId, role, folder: at.path, uidValidity: at.uidValidity, lastUid: at.uidNext - 1 }] : [],
  );
  await db.mailFolder.createMany({ data });
}
