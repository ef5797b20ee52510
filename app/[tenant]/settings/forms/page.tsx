import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { pageData } from '#app/_entry/page.ts';
import { may } from '#lib/auth/policy.ts';
import { listPatterns } from '#lib/forms/list.ts';
import { FormList } from './FormList.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('forms'))('title') };
}

/** How the mails of web forms are read: the patterns, in the order in which they are tried. */
export default async function FormsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const shown = await pageData(slug, async (scope, { actor }) => ({
    patterns: await listPatterns(scope),
    edit: may(actor.roles, 'rules.edit'),
  }));
  return <FormList slug={slug} {...shown} />;
}
