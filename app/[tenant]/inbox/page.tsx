import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { pageData } from '#app/_entry/page.ts';
import { inboxShell } from '#lib/conversations/shell.ts';
import { Inbox } from './Inbox.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('inbox') };
}

type Props = { params: Promise<{ tenant: string }> };

export default async function InboxPage({ params }: Props) {
  const { tenant: slug } = await params;
  const shell = await pageData(slug, (scope, { tenant: { id: _, ...shown } }) => inboxShell(scope, shown));
  return <Inbox first={shell} />;
}
