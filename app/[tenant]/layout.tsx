import type { ReactNode } from 'react';
import { pageMember } from '#app/_entry/page.ts';
import { signOut } from '#app/(auth)/actions.ts';
import { Shell } from '#components/shell/Shell.tsx';
import { may } from '#lib/auth/policy.ts';
import { tenantsOfPerson } from '#lib/db/system.ts';

type Props = { children: ReactNode; params: Promise<{ tenant: string }> };

/**
 * Existence is decided here, above any loading.tsx, so that a foreign company is a real HTTP 404. It guards nothing by
 * itself (a soft navigation doesn't run it again): pages, routes and actions each ask.
 */
export default async function TenantLayout({ children, params }: Props) {
  const { person, tenant, actor } = await pageMember((await params).tenant);
  return (
    <Shell
      tenant={{ slug: tenant.slug, name: tenant.name }}
      tenants={await tenantsOfPerson(person.personId)}
      person={{ name: actor.name, email: person.email }}
      screens={{ inbox: may(actor.roles, 'conversation.read'), settings: may(actor.roles, 'account.see') }}
      signOut={signOut}
    >
      {children}
    </Shell>
  );
}
