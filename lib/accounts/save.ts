import type { AccountInput } from '#lib/accounts/input.ts';
import { secretContext } from '#lib/accounts/settings.ts';
import { requireMay } from '#lib/auth/actor.ts';
import { sealSecret } from '#lib/crypto/index.ts';
import type { Scope } from '#lib/db/scope.ts';
import { invalid } from '#lib/errors.ts';
import { newId } from '#lib/ids.ts';
import { enqueue } from '#lib/queue/index.ts';

/**
 * Connects a mail account to a 窓口; the caller has tested it (testAccount). Its secrets are sealed for this account alone.
 * A worker begins to receive at once. Returns the account's id.
 */
export async function saveAccount(scope: Scope, input: AccountInput, sentFolder: string | null): Promise<string> {
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
      sentFolder,
      imapSecret: sealSecret(imapPassword, secretContext(id, 'imap')),
      smtpSecret: smtpPassword === '' ? '' : sealSecret(smtpPassword, secretContext(id, 'smtp')),
      importSince: importSince === null ? null : new Date(importSince),
    },
    select: { id: true },
  });
  scope.afterCommit(() => enqueue('account.pull', { tenantId, accountId: id }));
  return id;
}
