import type { ImapFlowOptions } from 'imapflow';
import { env } from '#lib/env.ts';

/** How to reach a mail account's IMAP server. `ca` or `rejectUnauthorized: false` for a private certificate. */
export type ImapSettings = {
  host: string;
  port: number;
  secure: 'tls' | 'starttls' | 'none';
  user: string;
  password: string;
  /** By OAuth2 (XOAUTH2, OAUTHBEARER) instead of the password. */
  accessToken?: string;
  /** Connecting, greeting and every command's silence, in ms (default 30,000). */
  timeoutMs?: number;
  /** From the last command to IDLE, in ms: ImapFlow's own 15 s make a mail arrive late (architecture.md 4). */
  autoIdleDelay?: number;
  /** IDLE is renewed after so many ms (default 5 min): finds half-open lines. */
  maxIdleMs?: number;
  tls?: { ca?: string; rejectUnauthorized?: boolean; servername?: string };
};

const MB = 1024 * 1024;
/**
 * Bytes of one literal that we take into memory: a mail up to our cap from a server that knows no partial FETCH, and that
 * announced half its size (openSource). ImapFlow's own limit is 1 GB: one such server could end a worker that serves many.
 */
const longestLiteral = (): number => (2 * env.inboundMailMb + 1) * MB;

export function imapOptions(settings: ImapSettings): ImapFlowOptions {
  const timeoutMs = settings.timeoutMs ?? 30_000;
  const maxIdleTime = settings.maxIdleMs ?? 5 * 60_000;
  return {
    host: settings.host,
    port: settings.port,
    secure: settings.secure === 'tls',
    doSTARTTLS: settings.secure === 'tls' ? undefined : settings.secure === 'starttls',
    auth: settings.accessToken
      ? { user: settings.user, accessToken: settings.accessToken }
      : { user: settings.user, pass: settings.password },
    tls: settings.tls,
    autoIdleDelay: settings.autoIdleDelay ?? 200,
    maxIdleTime,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    // Silence in a command that ends the line; a quiet IDLE is asked by NOOP instead. Long enough for a server that builds
    // the index of a large folder before its first answer.
    socketTimeout: Math.max(timeoutMs, 180_000),
    ...{ maxLiteralSize: longestLiteral(), maxResponseSize: longestLiteral() + 16 * MB },
    logger: false,
  };
}
