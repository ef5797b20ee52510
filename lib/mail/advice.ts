import type { Provider, ProviderNote } from '#lib/mail/providers.ts';

/** What a person can do about a failed sign-in; a key of messages settings.advice. */
export type Advice = ProviderNote | 'userForm' | 'oauthSignIn' | 'tooMany' | 'wait';

// What servers say when the password itself isn't what is wrong. Lower case.
const SAID: readonly [RegExp, Advice][] = [
  [/application-specific password|app(lication)? password required|app password/, 'appPassword'],
  [/not enabled for imap|imap access (is )?disabled|imap is disabled|imap.{0,20}not (allowed|permitted)/, 'imapOff'],
  [/smtpclientauthentication is disabled|5\.7\.139.*smtp/, 'smtpAuthOff'],
  [/basicauthblocked|basic authentication is disabled|logondenied-basicauth/, 'basicEnded'],
  [/too many (simultaneous )?connections|maximum number of connections|too many login/, 'tooMany'],
  [/try again later|temporarily|rate limit|\[inuse\]|\[unavailable\]/, 'wait'],
];

/**
 * What to do about a refused sign-in: first what the server's own words point at, then what this provider is known to ask
 * for. At the most three; the general word about user name and password stands beside them.
 */
export function adviceFor(
  side: 'imap' | 'smtp',
  words: string,
  provider: Provider | null,
  usedOauth = false,
): Advice[] {
  const said = SAID.filter(([pattern]) => pattern.test(words.toLowerCase())).map(([, advice]) => advice);
  if (usedOauth) return [...new Set<Advice>([...said, 'oauthSignIn'])].slice(0, 3);
  const known = (provider?.notes ?? []).filter((note) => LOGIN[side].includes(note));
  const server = side === 'imap' ? provider?.imap : provider?.smtp;
  const form: Advice[] = server && server.user !== 'address' ? ['userForm'] : [];
  return [...new Set<Advice>([...said, ...known, ...form])].slice(0, 3);
}

const LOGIN: Record<'imap' | 'smtp', readonly ProviderNote[]> = {
  imap: ['appPassword', 'basicEnded', 'imapOff', 'imapPassword', 'imapContract'],
  smtp: ['appPassword', 'basicEnded', 'smtpAuthOff', 'imapPassword', 'apiKey'],
};
