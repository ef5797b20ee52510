import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

/** The step of a connection test that failed. */
export type TestStep = 'dns' | 'connect' | 'tls' | 'login' | 'folders';

/** A failed test as a value: `code` for the message file, `words` as the server or the system said it. */
export type TestFailure = { ok: false; step: TestStep; code: string; words: string };

type MailError = Error & {
  code?: string;
  originalCode?: string;
  authenticationFailed?: boolean;
  responseText?: string;
  response?: unknown;
  responseCode?: number;
};

/** Looks the host up; null if it exists. */
export async function testName(host: string): Promise<TestFailure | null> {
  if (isIP(host)) return null;
  try {
    await lookup(host);
    return null;
  } catch (error) {
    const { code = 'ENOTFOUND', message } = error as MailError;
    return { ok: false, step: 'dns', code, words: message };
  }
}

/** Sorts an error of ImapFlow or nodemailer into the step and code a person can act on. */
export function failureOf(error: unknown, reached: TestStep): TestFailure {
  const e = error as MailError;
  const code = e.originalCode ?? e.code ?? 'unknown';
  const response = typeof e.response === 'string' ? e.response : undefined;
  const words = e.responseText ?? response ?? e.message ?? String(error);
  if (e.authenticationFailed || code === 'EAUTH' || e.responseCode === 535)
    return { ok: false, step: 'login', code: 'authentication', words };
  if (/ENOTFOUND|EAI_AGAIN|EDNS/.test(code)) return { ok: false, step: 'dns', code, words };
  if (isTlsError(code, words)) return { ok: false, step: 'tls', code, words };
  if (/CONNECT_TIMEOUT|GREETING_TIMEOUT|ETIMEDOUT|ETIMEOUT|UPGRADE_TIMEOUT/.test(code))
    return { ok: false, step: reached, code: 'timeout', words };
  return { ok: false, step: reached, code, words };
}

function isTlsError(code: string, words: string): boolean {
  return (
    /^(ERR_SSL|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ETLS|EPROTO)|STARTTLS/.test(code) ||
    /certificate|wrong version number|STARTTLS/i.test(words)
  );
}
