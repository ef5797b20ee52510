import type { Provider, ProviderServer, UserForm } from '#lib/mail/providers.ts';

const imaps = (host: string, user: UserForm = 'address'): ProviderServer => ({
  host,
  port: 993,
  security: 'tls',
  user,
});
const smtps = (host: string, user: UserForm = 'address'): ProviderServer => ({
  host,
  port: 465,
  security: 'tls',
  user,
});
const submission = (host: string, user: UserForm = 'address'): ProviderServer => ({
  ...{ host, port: 587, security: 'starttls', user },
});

const PLAIN = {
  ...{ server: null, domains: [], hosts: [], filesSent: false, notes: [], oauth: null },
  limits: { connections: null, perMinute: null, perDay: null },
} as const;

/**
 * The presets. A row stands here only if its servers could be confirmed (provider's own help, Thunderbird's provider
 * database, several independent programs); what couldn't is set up by hand: Yahoo!メール Business, CPI, WADAX, heteml, ぷらら
 * (IMAP), au one net, IIJ. Limits only where the provider publishes them for one account. Checked November 2026.
 */
export const PROVIDERS: readonly Provider[] = [
  {
    ...PLAIN,
    // Workspace: 2,000 messages a day; 10,000 recipients. Gmail's SMTP files in "Sent" by itself.
    ...{ id: 'google', group: 'world', imap: imaps('imap.gmail.com'), smtp: smtps('smtp.gmail.com') },
    ...{ hosts: ['imap.gmail.com', 'smtp.gmail.com'], filesSent: true, oauth: 'google' },
    limits: { connections: null, perMinute: null, perDay: 2000 },
    notes: ['appPassword', 'imapOff'],
  },
  {
    ...PLAIN,
    ...{ id: 'gmail', group: 'world', imap: imaps('imap.gmail.com'), smtp: smtps('smtp.gmail.com') },
    ...{ domains: ['gmail.com', 'googlemail.com'], hosts: ['imap.gmail.com', 'smtp.gmail.com'] },
    ...{ filesSent: true, oauth: 'google', limits: { connections: null, perMinute: null, perDay: 500 } },
    notes: ['appPassword'],
  },
  {
    ...PLAIN,
    // learn.microsoft.com "smtp-submission-improvements": stored in Sent Items, 3 connections, 30 a minute, 10,000 recipients a day.
    ...{ id: 'microsoft365', group: 'world', imap: imaps('outlook.office365.com') },
    ...{ smtp: submission('smtp.office365.com'), domains: ['*.onmicrosoft.com'] },
    ...{ hosts: ['outlook.office365.com', 'smtp.office365.com'], filesSent: true, oauth: 'microsoft' },
    limits: { connections: 3, perMinute: 30, perDay: 10_000 },
    notes: ['basicEnded', 'smtpAuthOff'],
  },
  {
    ...PLAIN,
    ...{ id: 'outlook', group: 'world', imap: imaps('outlook.office365.com') },
    ...{
      smtp: submission('smtp-mail.outlook.com'),
      hosts: ['smtp-mail.outlook.com'],
      filesSent: true,
      oauth: 'microsoft',
    },
    domains: ['outlook.com', 'outlook.jp', 'hotmail.com', 'hotmail.co.jp', 'live.jp', 'live.com', 'msn.com'],
    notes: ['basicEnded', 'imapOff'],
  },
  {
    ...PLAIN,
    // Apple 102525: the IMAP user is the name before @, the SMTP user the whole address; 1,000 messages a day (102198).
    ...{ id: 'icloud', group: 'world', imap: imaps('imap.mail.me.com', 'local'), smtp: submission('smtp.mail.me.com') },
    ...{ domains: ['icloud.com', 'me.com', 'mac.com'], hosts: ['imap.mail.me.com', 'smtp.mail.me.com'] },
    limits: { connections: null, perMinute: null, perDay: 1000 },
    notes: ['appPassword'],
  },
  {
    ...PLAIN,
    // Yahoo! JAPAN help H000014864: IMAP must be allowed first; the user is the part before @.
    ...{ id: 'yahoo-japan', group: 'japan', imap: imaps('imap.mail.yahoo.co.jp', 'local') },
    ...{ smtp: smtps('smtp.mail.yahoo.co.jp', 'local'), domains: ['yahoo.co.jp', 'ymail.ne.jp'] },
    ...{ hosts: ['imap.mail.yahoo.co.jp', 'smtp.mail.yahoo.co.jp'], notes: ['imapOff'] },
  },
  {
    ...PLAIN,
    // The server is the contract's first domain, not one's own: its certificate is only for that name.
    ...{ id: 'sakura', group: 'japan', imap: imaps('{server}'), smtp: submission('{server}') },
    ...{ server: 'example.sakura.ne.jp', hosts: ['*.sakura.ne.jp'], notes: ['serverInContract'] },
  },
  {
    ...PLAIN,
    // 1,500 mails an hour and 15,000 a day for a contract.
    ...{ id: 'xserver', group: 'japan', imap: imaps('{server}'), smtp: smtps('{server}') },
    ...{ server: 'sv1234.xserver.jp', hosts: ['*.xserver.jp', '*.xbiz.ne.jp'], notes: ['serverInContract'] },
    limits: { connections: null, perMinute: 25, perDay: 15_000 },
  },
  {
    ...PLAIN,
    ...{ id: 'lolipop', group: 'japan', imap: imaps('imap.lolipop.jp'), smtp: smtps('smtp.lolipop.jp') },
    hosts: ['imap.lolipop.jp', 'smtp.lolipop.jp'],
  },
  {
    ...PLAIN,
    // Own domains answer, too, but with the certificate of mailNN.onamae.ne.jp (help.onamae.com 9537).
    ...{ id: 'onamae', group: 'japan', imap: imaps('{server}'), smtp: smtps('{server}') },
    ...{ server: 'mail65.onamae.ne.jp', hosts: ['*.onamae.ne.jp'], notes: ['serverInContract'] },
  },
  {
    ...PLAIN,
    ...{ id: 'muumuu', group: 'japan', imap: imaps('imap4.muumuu-mail.com'), smtp: smtps('smtp.muumuu-mail.com') },
    hosts: ['imap4.muumuu-mail.com', 'smtp.muumuu-mail.com'],
  },
  {
    ...PLAIN,
    ...{ id: 'conoha', group: 'japan', imap: imaps('{server}'), smtp: smtps('{server}') },
    ...{ server: 'mail1006.conoha.ne.jp', hosts: ['*.conoha.ne.jp'], notes: ['serverInContract'] },
  },
  {
    ...PLAIN,
    // The user is a name like kir000000.info (support.kagoya.jp); servers differ by plan.
    ...{ id: 'kagoya', group: 'japan', imap: imaps('{server}', 'account'), smtp: smtps('{server}', 'account') },
    ...{ server: 'mas00.kagoya.net', hosts: ['*.kagoya.net'], notes: ['serverInContract'] },
  },
  {
    ...PLAIN,
    ...{ id: 'ocn', group: 'japan', imap: imaps('imap.ocn.ne.jp'), smtp: smtps('smtp.ocn.ne.jp') },
    ...{ domains: ['ocn.ne.jp', '*.ocn.ne.jp'], hosts: ['imap.ocn.ne.jp', 'smtp.ocn.ne.jp'] },
  },
  {
    ...PLAIN,
    // IMAP was an option of its own; new contracts no longer get it.
    ...{ id: 'so-net', group: 'japan', imap: imaps('imap.so-net.ne.jp'), smtp: submission('mail.so-net.ne.jp') },
    ...{ domains: ['so-net.ne.jp', '*.so-net.ne.jp'], hosts: ['imap.so-net.ne.jp', 'mail.so-net.ne.jp'] },
    notes: ['imapContract', 'keepsDays'],
  },
  {
    ...PLAIN,
    ...{ id: 'biglobe', group: 'japan', imap: imaps('mail.biglobe.ne.jp'), smtp: smtps('mail.biglobe.ne.jp') },
    ...{ domains: ['biglobe.ne.jp', '*.biglobe.ne.jp'], hosts: ['mail.biglobe.ne.jp'] },
  },
  {
    ...PLAIN,
    ...{ id: 'nifty', group: 'japan', imap: imaps('imap.nifty.com'), smtp: smtps('smtp.nifty.com') },
    ...{ domains: ['nifty.com', 'nifty.ne.jp'], hosts: ['imap.nifty.com', 'smtp.nifty.com'] },
  },
  {
    ...PLAIN,
    // support.zaq.ne.jp: mail is kept for 60 days.
    ...{ id: 'jcom', group: 'japan', imap: imaps('imap.jcom.zaq.ne.jp'), smtp: smtps('smtpa.jcom.zaq.ne.jp') },
    ...{ domains: ['jcom.zaq.ne.jp'], hosts: ['imap.jcom.zaq.ne.jp', 'smtpa.jcom.zaq.ne.jp'], notes: ['keepsDays'] },
  },
  {
    ...PLAIN,
    // docomo's IMAP specification 4.3: the d ACCOUNT as user and a password only for IMAP.
    ...{ id: 'docomo', group: 'japan', imap: imaps('imap.spmode.ne.jp', 'account') },
    ...{ smtp: smtps('smtp.spmode.ne.jp', 'account'), domains: ['docomo.ne.jp'] },
    ...{ hosts: ['imap.spmode.ne.jp', 'imap2.spmode.ne.jp', 'smtp.spmode.ne.jp'], notes: ['imapPassword'] },
  },
  {
    ...PLAIN,
    // Eメール(i) only; Thunderbird's database: whole address for IMAP, the part before @ for SMTP.
    ...{ id: 'softbank', group: 'japan', imap: imaps('imap.softbank.jp'), smtp: smtps('smtp.softbank.jp', 'local') },
    ...{ domains: ['i.softbank.jp'], hosts: ['imap.softbank.jp', 'smtp.softbank.jp'], notes: ['imapPassword'] },
  },
  {
    ...PLAIN,
    ...{ id: 'zoho', group: 'world', imap: imaps('imappro.zoho.{server}'), smtp: smtps('smtppro.zoho.{server}') },
    ...{ server: 'jp', hosts: ['*.zoho.com', '*.zoho.jp', '*.zoho.eu'], notes: ['appPassword', 'imapOff', 'region'] },
  },
  {
    ...PLAIN,
    ...{ id: 'fastmail', group: 'world', imap: imaps('imap.fastmail.com'), smtp: smtps('smtp.fastmail.com') },
    ...{ domains: ['fastmail.com', 'fastmail.fm'], hosts: ['imap.fastmail.com', 'smtp.fastmail.com'] },
    notes: ['appPassword'],
  },
  {
    ...PLAIN,
    ...{ id: 'yahoo', group: 'world', imap: imaps('imap.mail.yahoo.com'), smtp: smtps('smtp.mail.yahoo.com') },
    ...{ domains: ['yahoo.com', 'ymail.com'], hosts: ['imap.mail.yahoo.com', 'smtp.mail.yahoo.com'] },
    notes: ['appPassword'],
  },
  {
    ...PLAIN,
    ...{ id: 'workmail', group: 'world', imap: imaps('imap.mail.{server}.awsapps.com') },
    ...{
      smtp: smtps('smtp.mail.{server}.awsapps.com'),
      server: 'us-east-1',
      hosts: ['*.awsapps.com'],
      notes: ['region'],
    },
  },
  {
    ...PLAIN,
    // Region in the host; the user and password are SMTP credentials from the console, not AWS access keys.
    ...{ id: 'ses', group: 'sending', imap: null, smtp: smtps('email-smtp.{server}.amazonaws.com', 'account') },
    ...{
      server: 'ap-northeast-1',
      hosts: ['email-smtp.*.amazonaws.com'],
      notes: ['sendOnly', 'apiKey', 'region', 'registeredFrom'],
    },
  },
  {
    ...PLAIN,
    // The user is literally "apikey".
    ...{ id: 'sendgrid', group: 'sending', imap: null, smtp: smtps('smtp.sendgrid.net', 'account') },
    ...{ hosts: ['smtp.sendgrid.net'], notes: ['sendOnly', 'apiKey', 'registeredFrom'] },
  },
  {
    ...PLAIN,
    // RMS "メールサーバ設定情報": user and password are the SMTP AUTH ID's; other senders get 552 sender rejected.
    ...{ id: 'rakuten', group: 'sending', imap: null, smtp: submission('sub.fw.rakuten.ne.jp', 'account') },
    ...{ hosts: ['sub.fw.rakuten.ne.jp'], notes: ['sendOnly', 'apiKey', 'registeredFrom'] },
  },
];
