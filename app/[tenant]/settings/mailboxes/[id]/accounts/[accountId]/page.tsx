import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountPage } from '../../../account/AccountPage.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.mailbox'))('accounts') };
}

type Props = { params: Promise<{ tenant: string; id: string; accountId: string }> };

/** A mail account: its settings, its test, and how all receive. */
export default async function EditAccountPage({ params }: Props) {
  const { tenant, id, accountId } = await params;
  return <AccountPage slug={tenant} mailboxId={id} accountId={accountId} />;
}
