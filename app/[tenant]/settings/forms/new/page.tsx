import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { pageData } from '#app/_entry/page.ts';
import { requireMay } from '#lib/auth/actor.ts';
import { mailboxesOfForms } from '#lib/forms/list.ts';
import { recentSenders } from '#lib/forms/recent.ts';
import { FormEditor } from '../FormEditor.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('forms'))('newTitle') };
}

/** A new pattern, with the senders of recent mails to choose from. */
export default async function NewFormPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const shown = await pageData(slug, async (scope, { tenant }) => {
    requireMay(scope, 'rules.edit');
    const [mailboxes, senders] = [await mailboxesOfForms(scope), await recentSenders(scope)];
    return { zone: tenant.zone, mailboxes, senders };
  });
  return <FormEditor slug={slug} pattern={null} edit {...shown} />;
}
