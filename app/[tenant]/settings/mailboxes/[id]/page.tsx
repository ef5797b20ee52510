import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { idFrom } from '#app/_entry/input.ts';
import { pageData } from '#app/_entry/page.ts';
import { receiptBoard } from '#lib/accounts/board.ts';
import { mailboxChoices, mailboxToEdit } from '#lib/mailboxes/settings.ts';
import { InZone } from '../../parts/InZone.tsx';
import { MailboxAccounts } from '../MailboxAccounts.tsx';
import { MailboxForm } from '../MailboxForm.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.rail'))('mailboxes') };
}

type Props = { params: Promise<{ tenant: string; id: string }> };

/** One 窓口: what it is called, how it is worked, who sees it, and its mail accounts. */
export default async function MailboxPage({ params }: Props) {
  const { tenant: slug, id } = await params;
  const { zone, mailbox, choices, accounts } = await pageData(slug, async (scope, { tenant }) => ({
    zone: tenant.zone,
    mailbox: await mailboxToEdit(scope, idFrom(id)),
    choices: await mailboxChoices(scope),
    accounts: (await receiptBoard(scope)).filter((account) => account.mailboxId === id),
  }));
  return (
    <InZone zone={zone}>
      <MailboxForm key={mailbox.version} slug={slug} mailbox={mailbox} choices={choices} />
      <MailboxAccounts slug={slug} mailboxId={mailbox.id} accounts={accounts} />
    </InZone>
  );
}
