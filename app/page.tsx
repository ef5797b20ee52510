import { redirect } from 'next/navigation';
import { signOut } from '#app/(auth)/actions.ts';
import { TenantChooser } from '#components/auth/TenantChooser.tsx';
import { signedIn } from '#lib/auth/session.ts';
import { tenantsOfPerson } from '#lib/db/system.ts';

/** Nobody goes to the sign-in, somebody of one company into it; whoever is in several, or in none, is asked or told. */
export default async function FrontPage() {
  const person = await signedIn();
  if (!person) redirect('/sign-in');
  const tenants = await tenantsOfPerson(person.personId);
  const [only] = tenants;
  if (only && tenants.length === 1) redirect(`/${only.slug}`);
  return <TenantChooser tenants={tenants} signOut={signOut} />;
}
