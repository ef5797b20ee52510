import type { SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';

/** How to reach a mail account's SMTP server. `name` is what EHLO says; `ca` or `rejectUnauthorized: false` for a private certificate. */
export type SmtpSettings = {
  host: string;
  port: number;
  secure: 'tls' | 'starttls' | 'none';
  user?: string | null;
  password?: string | null;
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
