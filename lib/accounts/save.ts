import type { AccountInput } from '#lib/accounts/input.ts';
import { secretContext } from '#lib/accounts/settings.ts';
import type { AccountTest } from '#lib/accounts/test.ts';
import { requireMay } from '#lib/auth/actor.ts';
import { sealSecret } from '#lib/crypto/index.ts';
import type { Scope } from '#lib/db/scope.ts';
import { invalid } from '#lib/errors.ts';
import { newId } from '#lib/ids.ts';
import { enqueue } from '#lib/queue/index.ts';

type Tested = Pick<AccountTest, 'sentFolder' | 'folders'>;

/**
 * Connects a mail account to a 窓口; the caller has tested it (testAccount). Its secrets are sealed for this account alone.
 * A worker begins to receive at once, from the mail on that arrived after the test. Returns the account's id.
 */
export async function saveAccount(scope: Scope, input: AccountInput, tested: Tested): Promise<string> {
  requireMay(scope, 'account.edit');
  const { tenantId, db } = scope;
  const mailbox = await db.mailbox.findUnique({
    where: { tenantId_id: { tenantId, id: input.mailboxId } },
    select: { id: true },
  });
  if (!mailbox) throw invalid('invalidValue', {}, 'mailboxId');
  const taken = await db.mailAccount.count({ where: { tenantId, address: input.address } });
  if (taken > 0) throw invalid('accountExists', { address: input.address }, 'address');
  const { imapPassword, smtpPassword, importSince, ...plain } = input;
  const id = newId();
  await db.mailAccount.create({
    data: {
      ...plain,
      tenantId,
      id,
      sentFolder: tested.sentFolder,
      imapSecret: sealSecret(imapPassword, secretContext(id, 'imap')),
      smtpSecret: smtpPassword === '' ? '' : sealSecret(smtpPassword, secretContext(id, 'smtp')),
      importSince: importSince === null ? null : new Date(importSince),
    },
    select: { id: true },
  });
  await beginFolders(scope, id, tested.folders, importSince !== null);
  scope.afterCommit(() => enqueue('account.pull', { tenantId, accountId: id }));
  return id;
}

// The worker's first pull may be minutes away: what arrives until then is ours already. With an import date INBOX begins
// there instead, which takes a search at the server (startCursor).
async function beginFolders({ tenantId, db }: Scope, accountId: string, tested: Tested['folders'], imports: boolean) {
  const begin = [
    { role: 'inbox', at: imports ? null : (tested?.inbox ?? null) },
    { role: 'sent', at: tested?.sent ?? null },
  ];
  const data = begin.flatMap(({ role, at }) =>
    at ? [{ tenantId, accountId, role, folder: at.path, uidValidity: at.uidValidity, lastUid: at.uidNext - 1 }] : [],
  );
  await db.mailFolder.createMany({ data });
}
