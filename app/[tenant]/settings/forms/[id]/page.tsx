import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { idFrom } from '#app/_entry/input.ts';
import { pageData } from '#app/_entry/page.ts';
import { may } from '#lib/auth/policy.ts';
import { mailboxesOfForms, readPattern } from '#lib/forms/list.ts';
import { recentSenders } from '#lib/forms/recent.ts';
import { FormEditor } from '../FormEditor.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('forms'))('editTitle') };
}

/** One pattern and what it reads. */
export default async function FormPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant: slug, id } = await params;
  const shown = await pageData(slug, async (scope, { tenant, actor }) => ({
    pattern: await readPattern(scope, idFrom(id)),
    edit: may(actor.roles, 'rules.edit'),
    zone: tenant.zone,
    mailboxes: await mailboxesOfForms(scope),
    senders: await recentSenders(scope),
  }));
  // Saved by somebody else and read anew: the form begins with what they wrote.
  return <FormEditor key={shown.pattern.version} slug={slug} {...shown} />;
}
