import { env } from '#lib/env.ts';

/** Days after which a person signs in again, however busy he was. */
export const SESSION_DAYS = 14;

/** True when people reach us by https: then cookies are Secure and carry the prefix that ties them to this very host. */
export const overHttps = (): boolean => env.appUrl.startsWith('https://');

/** The session cookie. Lax: it comes along when somebody follows a link from a mail, never with a foreign page's POST. */
export const sessionCookie = () => ({
  name: overHttps() ? '__Host-madoguchi-session' : 'madoguchi-session',
  options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: overHttps() },
});
