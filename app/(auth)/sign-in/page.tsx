import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { signIn } from '#app/(auth)/actions.ts';
import { SignInForm } from '#components/auth/SignInForm.tsx';
import { safePath } from '#lib/auth/next-path.ts';
import { signedIn } from '#lib/auth/session.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('title') };
}

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const next = safePath((await searchParams).next);
  if (await signedIn()) redirect(next);
  return <SignInForm action={signIn} next={next} />;
}
