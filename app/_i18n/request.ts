import { headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { signedIn } from '#lib/auth/session.ts';
import { loadMessages } from '#messages/load.ts';

/** The language of this request: the person's own, else Japanese. It stands in no address. */
export default getRequestConfig(async () => {
  await headers(); // A page with a person in it is never made at build time; said here, for the catch below would hide it.
  const person = await signedIn().catch(() => null);
  const locale = person?.locale === 'en' ? 'en' : 'ja';
  return { locale, messages: await loadMessages(locale), timeZone: 'Asia/Tokyo' };
});
