import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { pageData } from '#app/_entry/page.ts';
import { mailboxChoices } from '#lib/mailboxes/settings.ts';
import { MailboxForm } from '../MailboxForm.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.mailbox'))('newTitle') };
}

/** A new 窓口. */
export default async function NewMailboxPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  return <MailboxForm slug={slug} mailbox={null} choices={await pageData(slug, mailboxChoices)} />;
}
