import { PROVIDERS } from '#lib/mail/provider-table.ts';

/** What a person must know before connecting; a key of messages settings.note. */
export type ProviderNote =
  | 'appPassword' // the account's own password is refused: one made for mail programs is needed
  | 'imapOff' // IMAP is off until it is switched on in the provider's own settings
  | 'basicEnded' // sign-in by password has ended: only OAuth2 works
  | 'smtpAuthOff' // sending by SMTP must be allowed for the mailbox by its administrator
  | 'imapPassword' // a password of its own for IMAP
  | 'imapContract' // IMAP belongs to a contract or option
  | 'serverInContract' // the server's name stands in the contract's mail or control panel
  | 'region' // the server's name holds the region of the account
  | 'apiKey' // user name and password are keys made in the provider's console
  | 'registeredFrom' // only sender addresses registered there are accepted
  | 'keepsDays' // the server itself deletes mail after a while
  | 'sendOnly'; // no mailbox: receive somewhere else

export type Security = 'tls' | 'starttls' | 'none';
/** How the provider writes the user name: the whole address, what stands before @, or a name of its own. */
export type UserForm = 'address' | 'local' | 'account';

/** One server. `host` may hold `{server}`: what the contract says, e.g. sv1234.xserver.jp, or a region. */
export type ProviderServer = { host: string; port: number; security: Security; user: UserForm };

/** What is published of sending limits; null = not known. Per account: connections at once, mails a minute, a day. */
export type SendLimits = { connections: number | null; perMinute: number | null; perDay: number | null };

export type Provider = {
  /** Stored in mail_account.provider; its name is messages settings.provider.<id>. */
  id: string;
  group: 'japan' | 'world' | 'sending';
  /** null: nothing to receive from (SES, SendGrid). */
  imap: ProviderServer | null;
  smtp: ProviderServer;
  /** An example for `{server}`. */
  server: string | null;
  /** Domains of addresses that are surely here; `*.ocn.ne.jp` takes every subdomain. */
  domains: readonly string[];
  /** Host names that are surely this provider's, whole or with a `*` for what differs. */
  hosts: readonly string[];
  /** Files what is sent through its SMTP in the Sent folder by itself: then we must not. */
  filesSent: boolean;
  limits: SendLimits;
  notes: readonly ProviderNote[];
  oauth: 'google' | 'microsoft' | null;
};

export { PROVIDERS };

const NO_LIMITS: SendLimits = { connections: null, perMinute: null, perDay: null };

/** The preset of this id, or null: '' is an account that was set up by hand. */
export const providerById = (id: string): Provider | null => PROVIDERS.find((provider) => provider.id === id) ?? null;

/** The provider that this address surely belongs to, by its domain; null for a company's own domain. */
export function providerOfAddress(address: string): Provider | null {
  const domain = address
    .slice(address.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase();
  return PROVIDERS.find((provider) => provider.domains.some((pattern) => fits(domain, pattern))) ?? null;
}

/** The provider whose server this surely is, by its name. The first of several that share one (Gmail, Workspace). */
export const providerOfHost = (host: string): Provider | null =>
  PROVIDERS.find((provider) => hasHost(provider, host)) ?? null;

const hasHost = (provider: Provider, host: string): boolean =>
  provider.hosts.some((pattern) => fits(host.trim().toLowerCase().replace(/\.$/, ''), pattern));

function fits(name: string, pattern: string): boolean {
  const [start = '', end] = pattern.split('*');
  if (end === undefined) return name === pattern;
  return name.length > start.length + end.length && name.startsWith(start) && name.endsWith(end);
}

/** Who takes the account's outgoing mail: its SMTP server decides, for mail may leave by another service than it comes in. */
export function sendingProvider(account: { provider: string; smtpHost: string }): Provider | null {
  const stored = providerById(account.provider);
  return stored && hasHost(stored, account.smtpHost) ? stored : providerOfHost(account.smtpHost);
}

/** The published sending limits of whoever takes the account's outgoing mail. */
export const sendLimitsOf = (account: { provider: string; smtpHost: string }): SendLimits =>
  sendingProvider(account)?.limits ?? NO_LIMITS;

/** A server's host with the contract's own part filled in. */
export const hostOf = (server: ProviderServer, own: string): string => server.host.replaceAll('{server}', own.trim());

/** What stands for the contract's own part in this host; '' where the preset has none. */
export function ownPartOf(server: ProviderServer, host: string): string {
  const [start = '', end] = server.host.split('{server}');
  if (end === undefined || !host.startsWith(start) || !host.endsWith(end)) return '';
  return host.slice(start.length, host.length - end.length);
}

/** The user name as the provider wants it; '' where only the contract knows. */
export function userOf(server: ProviderServer, address: string): string {
  if (server.user === 'account') return '';
  return server.user === 'local' ? address.slice(0, Math.max(0, address.lastIndexOf('@'))) : address;
}
