import { headers } from 'next/headers';
import { forbidden, notFound, redirect } from 'next/navigation';
import { memberOf, withMember } from '#lib/auth/member.ts';
import { isUnauthenticated, type Member } from '#lib/auth/membership.ts';
import type { Scope } from '#lib/db/scope.ts';
import { isAppError } from '#lib/errors.ts';

async function asPage(error: unknown): Promise<never> {
  // The path as the proxy saw it: a layout isn't told which page is inside it.
  if (isUnauthenticated(error)) redirect(`/sign-in?next=${encodeURIComponent((await headers()).get('x-path') ?? '/')}`);
  if (isAppError(error) && error.code === 'NotFound') notFound();
  if (isAppError(error) && error.code === 'Forbidden') forbidden();
  throw error;
}

/** The member who opens a page of this company: signed out goes to the sign-in and back, a foreign company is a real 404. */
export const pageMember = (tenant: string): Promise<Member> => memberOf(tenant).catch(asPage);

/** What a page shows, read in one transaction. */
export const pageData = <T>(tenant: string, work: (scope: Scope, member: Member) => Promise<T>): Promise<T> =>
  withMember(tenant, work).catch(asPage);
