import { idFrom } from '#app/_entry/input.ts';
import { pageData } from '#app/_entry/page.ts';
import { receiptBoard } from '#lib/accounts/board.ts';
import { accountToEdit } from '#lib/accounts/edit.ts';
import { oauthProviders } from '#lib/accounts/oauth-providers.ts';
import { notFound } from '#lib/errors.ts';
import { mailboxesToSetUp } from '#lib/mailboxes/settings.ts';
import { HealthSection } from '../../health/HealthSection.tsx';
import { InZone } from '../../parts/InZone.tsx';
import { AccountSheet } from './AccountSheet.tsx';

type Props = { slug: string; mailboxId: string; accountId: string | null };

/** What both pages of an account show: the form with its test, and below how all accounts receive. */
export async function AccountPage({ slug, mailboxId, accountId }: Props) {
  const { zone, mailbox, mailboxes, account, board } = await pageData(slug, async (scope, { tenant }) => {
    const rows = await mailboxesToSetUp(scope);
    const mailboxes = rows.map(({ id, name }) => ({ id, name }));
    const mailbox = mailboxes.find(({ id }) => id === idFrom(mailboxId));
    const account = accountId === null ? null : await accountToEdit(scope, idFrom(accountId));
    if (!mailbox || (account && account.mailboxId !== mailbox.id)) throw notFound();
    return { zone: tenant.zone, mailbox, mailboxes, account, board: await receiptBoard(scope) };
  });
  const health = board.find(({ id }) => id === account?.id) ?? null;
  return (
    <InZone zone={zone}>
      <AccountSheet
        key={`${account?.id}-${account?.version}`}
        {...{ slug, zone, mailbox, mailboxes, account, health }}
        oauth={oauthProviders()}
      />
      {board.length > 0 ? <HealthSection slug={slug} board={board} edit /> : null}
    </InZone>
  );
}
