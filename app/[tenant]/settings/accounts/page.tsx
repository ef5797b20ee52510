import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { pageData } from '#app/_entry/page.ts';
import { listAccounts, mailboxesToSetUp } from '#lib/accounts/list.ts';
import { may } from '#lib/auth/policy.ts';
import { Accounts } from './Accounts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.rail'))('accounts') };
}

type Props = { params: Promise<{ tenant: string }> };

/** How mail comes and goes: the accounts with their health, and for administrators the form for a new one. */
export default async function AccountsPage({ params }: Props) {
  const { tenant: slug } = await params;
  const shown = await pageData(slug, async (scope, { tenant, actor }) => ({
    zone: tenant.zone,
    accounts: await listAccounts(scope),
    mailboxes: may(actor.roles, 'account.edit') ? await mailboxesToSetUp(scope) : null,
  }));
  return <Accounts slug={slug} {...shown} />;
}
