import { forbidden, notFound, redirect } from 'next/navigation';
import { isUnauthenticated, type Member, memberOf, withMember } from '#lib/auth/member.ts';
import type { Scope } from '#lib/db/scope.ts';
import { isAppError } from '#lib/errors.ts';

function asPage(error: unknown, path: string): never {
  if (isUnauthenticated(error)) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  if (isAppError(error) && error.code === 'NotFound') notFound();
  if (isAppError(error) && error.code === 'Forbidden') forbidden();
  throw error;
}

/** The member who opens a page of this company: signed out goes to the sign-in, a foreign company is a real 404. */
export const pageMember = (tenant: string, path = `/${tenant}`): Promise<Member> =>
  memberOf(tenant).catch((error: unknown) => asPage(error, path));

/** What a page shows, read in one transaction. `path` is where the sign-in leads back to. */
export const pageData = <T>(
  tenant: string,
  path: string,
  work: (scope: Scope, member: Member) => Promise<T>,
): Promise<T> => withMember(tenant, work).catch((error: unknown) => asPage(error, path));
