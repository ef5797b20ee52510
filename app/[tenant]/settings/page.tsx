import { redirect } from 'next/navigation';
import { pageMember } from '#app/_entry/page.ts';
import { may } from '#lib/auth/policy.ts';

/** The first of the settings this member may open. */
export default async function SettingsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, actor } = await pageMember((await params).tenant);
  redirect(`/${tenant.slug}/settings/${may(actor.roles, 'account.edit') ? 'mailboxes' : 'health'}`);
}
