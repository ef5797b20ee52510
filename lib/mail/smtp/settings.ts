import type { SMTPConnectionAuth, SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import XOAuth2 from 'nodemailer/lib/xoauth2';

/** How to reach a mail account's SMTP server. `name` is what EHLO says; `ca` or `rejectUnauthorized: false` for a private certificate. */
export type SmtpSettings = {
  host: string;
  port: number;
  secure: 'tls' | 'starttls' | 'none';
  user?: string | null;
  password?: string | null;
  /** By OAuth2 (XOAUTH2) instead of the password. */
  accessToken?: string;
  name?: string;
  tls?: { ca?: string; rejectUnauthorized?: boolean; servername?: string };
};

/** Options for nodemailer's SMTP connection. `timeoutMs` bounds connecting, the greeting and every silence of the server. */
export function smtpOptions(settings: SmtpSettings, timeoutMs: number): SMTPConnectionOptions {
  return {
    host: settings.host,
    port: settings.port,
    secure: settings.secure === 'tls',
    requireTLS: settings.secure === 'starttls',
    ignoreTLS: settings.secure === 'none',
    name: settings.name,
    tls: settings.tls,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    socketCloseTimeout: 1000,
    logger: false,
  };
}

/** What nodemailer's login wants. The library's own token keeper only encodes the token: renewing is ours (lib/accounts). */
export function smtpLogin({ user, password, accessToken }: SmtpSettings): SMTPConnectionAuth {
  const name = user ?? '';
  return accessToken
    ? { user: name, oauth2: new XOAuth2({ user: name, accessToken }) }
    : { user: name, pass: password ?? '' };
}
