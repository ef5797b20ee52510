import { redirect } from 'next/navigation';
import { pageMember } from '#app/_entry/page.ts';
import { may } from '#lib/auth/policy.ts';

/** The first room this member may enter: an administrator doesn't read mail by that role alone. */
export default async function TenantPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, actor } = await pageMember((await params).tenant);
  redirect(`/${tenant.slug}/${may(actor.roles, 'conversation.read') ? 'inbox' : 'settings'}`);
}
