import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountPage } from '../../../account/AccountPage.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.account'))('newTitle') };
}

type Props = { params: Promise<{ tenant: string; id: string }> };

/** A new mail account of a 窓口. */
export default async function NewAccountPage({ params }: Props) {
  const { tenant, id } = await params;
  return <AccountPage slug={tenant} mailboxId={id} accountId={null} />;
}
