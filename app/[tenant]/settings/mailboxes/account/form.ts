import { instantOf, wallOf } from '#components/time/zoned.ts';
import type { AccountToEdit } from '#lib/accounts/edit.ts';
import type { AccountInput } from '#lib/accounts/input.ts';
import {
  hostOf,
  ownPartOf,
  type Provider,
  type ProviderServer,
  providerById,
  providerOfHost,
  type Security,
  userOf,
} from '#lib/mail/providers.ts';

/** The form as it is typed; what is sent is made of it by toInput. */
export type AccountForm = {
  mailboxId: string;
  address: string;
  provider: string;
  /** What stands for `{server}` in the preset. */
  server: string;
  auth: AccountInput['auth'];
  imapHost: string;
  imapPort: string;
  imapSecurity: Security;
  imapUser: string;
  imapPassword: string;
  /** '' the same provider, a sending service's id, or 'custom'. */
  sendBy: string;
  smtpHost: string;
  smtpPort: string;
  smtpSecurity: Security;
  sameLogin: boolean;
  smtpUser: string;
  smtpPassword: string;
  importSince: string;
  aliases: string;
  plusAddress: boolean;
  sentFolder: string;
  filesSent: boolean;
  sendPerMinute: string;
  sendConnections: string;
};
export type Which = 'imap' | 'smtp';

export const EMPTY: AccountForm = {
  ...{ mailboxId: '', address: '', provider: '', server: '', auth: 'password' },
  ...{ imapHost: '', imapPort: '993', imapSecurity: 'tls', imapUser: '', imapPassword: '' },
  ...{
    sendBy: '',
    smtpHost: '',
    smtpPort: '465',
    smtpSecurity: 'tls',
    sameLogin: true,
    smtpUser: '',
    smtpPassword: '',
  },
  ...{ importSince: '', aliases: '', plusAddress: false, sentFolder: '', filesSent: false },
  ...{ sendPerMinute: '', sendConnections: '' },
};

/** The stored account as its form shows it; passwords stay empty. */
export function formOf(account: AccountToEdit, zone: string): AccountForm {
  const since = account.importSince === null ? null : wallOf(new Date(account.importSince), zone);
  const { mailboxId, address, provider, auth, imapHost, imapSecurity, imapUser } = account;
  const { smtpHost, smtpSecurity, smtpUser, plusAddress, filesSent } = account;
  return {
    ...EMPTY,
    ...{ mailboxId, address, provider, auth, imapHost, imapSecurity, imapUser },
    ...{ smtpHost, smtpSecurity, smtpUser, plusAddress, filesSent },
    imapPort: String(account.imapPort),
    smtpPort: String(account.smtpPort),
    sameLogin: smtpUser === imapUser,
    server: ownPart(account),
    sendBy: senderOf(account),
    importSince: since === null ? '' : [since.year, two(since.month), two(since.day)].join('-'),
    aliases: account.aliases.join('\n'),
    sentFolder: account.sentFolder ?? '',
    sendPerMinute: account.sendPerMinute === null ? '' : String(account.sendPerMinute),
    sendConnections: account.sendConnections === null ? '' : String(account.sendConnections),
  };
}

const two = (value: number): string => String(value).padStart(2, '0');
const ownPart = ({ provider, imapHost }: AccountToEdit): string => {
  const imap = providerById(provider)?.imap;
  return imap ? ownPartOf(imap, imapHost) : '';
};
function senderOf({ provider, imapHost, smtpHost }: AccountToEdit): string {
  const service = providerOfHost(smtpHost);
  if (service?.group === 'sending') return service.id;
  const preset = providerById(provider);
  const same = preset?.imap && hostOf(preset.smtp, ownPartOf(preset.imap, imapHost)) === smtpHost;
  return same || smtpHost === imapHost ? '' : 'custom';
}

/** What choosing a provider fills in; '' leaves all as it is. `oauth`: those for which a sign-in is offered. */
export function chooseProvider(form: AccountForm, id: string, oauth: readonly string[]): Partial<AccountForm> {
  const provider = providerById(id);
  if (!provider?.imap) return { provider: '', auth: 'password' };
  const { filesSent } = provider;
  const auth = provider.oauth && oauth.includes(provider.oauth) ? provider.oauth : 'password';
  return {
    ...{ provider: id, server: '', sendBy: '', filesSent, auth },
    ...fill('imap', provider.imap, '', form.address),
    ...fill('smtp', provider.smtp, '', form.address),
    sameLogin: provider.imap.user === provider.smtp.user,
  };
}

/** The contract's own part of the server names. */
export function chooseServer(form: AccountForm, server: string): Partial<AccountForm> {
  const provider = providerById(form.provider);
  if (!provider?.imap) return { server };
  const smtp = form.sendBy === '' ? { smtpHost: hostWith(provider.smtp, server) } : {};
  return { server, imapHost: hostWith(provider.imap, server), ...smtp };
}

/** What choosing who sends fills in. */
export function chooseSender(form: AccountForm, sendBy: string): Partial<AccountForm> {
  if (sendBy === 'custom') return { sendBy, sameLogin: false };
  const provider = providerById(sendBy === '' ? form.provider : sendBy);
  if (!provider) return { sendBy };
  const server = sendBy === '' ? form.server : (provider.server ?? '');
  return {
    ...{ sendBy, filesSent: provider.filesSent, smtpPassword: '' },
    ...fill('smtp', provider.smtp, server, form.address),
    sameLogin: sendBy === '' && provider.imap?.user === provider.smtp.user,
  };
}

/** Another address: user names that were made of the old one follow. */
export function chooseAddress(form: AccountForm, address: string): Partial<AccountForm> {
  const provider = providerById(form.provider);
  const follows = (which: Which, server: ProviderServer | null | undefined): Partial<AccountForm> => {
    const user = `${which}User` as const;
    const made = server ? userOf(server, form.address) : form.address;
    return form[user] === made ? { [user]: server ? userOf(server, address) : address } : {};
  };
  return {
    address,
    ...follows('imap', provider?.imap),
    ...follows('smtp', form.sendBy === '' ? provider?.smtp : null),
  };
}

function fill(which: Which, server: ProviderServer, own: string, address: string): Partial<AccountForm> {
  return {
    [`${which}Host`]: hostWith(server, own),
    [`${which}Port`]: String(server.port),
    [`${which}Security`]: server.security,
    [`${which}User`]: userOf(server, address),
  };
}

const hostWith = (server: ProviderServer, own: string): string =>
  server.host.includes('{server}') && own.trim() === '' ? '' : hostOf(server, own);

/** Does the preset need a region or a name of the contract? */
export const asksForServer = (provider: Provider | null): boolean => provider?.imap?.host.includes('{server}') ?? false;

/** The usual ports; a port that somebody chose stays. */
const PORTS: Record<Which, Record<Security, string>> = {
  imap: { tls: '993', starttls: '143', none: '143' },
  smtp: { tls: '465', starttls: '587', none: '25' },
};
const USUAL = new Set(['993', '143', '465', '587', '25', '']);
export const portAfter = (port: string, which: Which, security: Security): string =>
  USUAL.has(port) ? PORTS[which][security] : port;

export function toInput(form: AccountForm, zone: string): AccountInput {
  const { sameLogin, importSince, server: _server, sendBy: _sendBy, ...rest } = form;
  const oauth = form.auth !== 'password';
  const same = sameLogin || oauth;
  return {
    ...rest,
    imapPort: Number(form.imapPort),
    smtpPort: Number(form.smtpPort),
    imapPassword: oauth ? '' : form.imapPassword,
    smtpUser: same ? form.imapUser : form.smtpUser,
    smtpPassword: oauth ? '' : same ? form.imapPassword : form.smtpPassword,
    aliases: linesOf(form.aliases),
    sentFolder: form.sentFolder || null,
    sendPerMinute: form.sendPerMinute === '' ? null : Number(form.sendPerMinute),
    sendConnections: form.sendConnections === '' ? null : Number(form.sendConnections),
    // The company's midnight, not this device's.
    importSince: importSince === '' ? null : (instantOf(`${importSince}T00:00`, zone)?.toISOString() ?? null),
  };
}

/** The addresses of a field with one a line; commas do, too. */
export const linesOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .split(/[\s,;、]+/)
    .filter((line) => line !== '');

/** Reasons (messages errors.*) by field, for what can be seen without asking a server. */
export function wrongFields(form: AccountForm, isNew: boolean): Partial<Record<keyof AccountForm, string>> {
  const wrong: Partial<Record<keyof AccountForm, string>> = {};
  const needed: (keyof AccountForm)[] = ['mailboxId', 'address', 'imapHost', 'imapUser', 'smtpHost'];
  if (isNew && form.auth === 'password') needed.push('imapPassword');
  for (const field of needed) if (String(form[field]).trim() === '') wrong[field] = 'required';
  const isAddress = (text: string) => /^[^\s@]+@[^\s@]+$/.test(text.trim());
  if (!wrong.address && !isAddress(form.address)) wrong.address = 'addressFormat';
  if (!linesOf(form.aliases).every(isAddress)) wrong.aliases = 'addressFormat';
  const whole = (field: keyof AccountForm, most: number, empty: boolean) => {
    const value = Number(form[field]);
    if (empty && form[field] === '') return;
    if (!Number.isInteger(value) || value < 1 || value > most) wrong[field] = 'invalidValue';
  };
  whole('imapPort', 65_535, false);
  whole('smtpPort', 65_535, false);
  whole('sendPerMinute', 10_000, true);
  whole('sendConnections', 20, true);
  return wrong;
}

/** Where on the form the thing to change stands, after a step of the test failed. */
export function fieldOf(step: string, form: AccountForm): keyof AccountForm | null {
  const which: Which = step.startsWith('imap') ? 'imap' : 'smtp';
  if (step === 'imap.name') return 'imapHost';
  if (step.endsWith('.port')) return `${which}Host`;
  if (step.endsWith('.tls')) return `${which}Security`;
  if (!step.endsWith('.login') || form.auth !== 'password') return null;
  return which === 'imap' || form.sameLogin ? 'imapPassword' : 'smtpPassword';
}
