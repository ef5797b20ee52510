import { overHttps } from '#lib/auth/cookie.ts';

/** What every answer carries, document or not. */
export const commonHeaders = (): Record<string, string> => ({
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  // A link in a mail must not tell its host that the mail was opened.
  'X-DNS-Prefetch-Control': 'off',
  'Cross-Origin-Resource-Policy': 'same-origin',
  ...(overHttps() ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
});

/** For the JSON routes and the stream: never cached, and inert should a browser ever show one as a document. */
export const apiHeaders = (): Record<string, string> => ({
  ...commonHeaders(),
  'Cache-Control': 'private, no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  Vary: 'Cookie',
});

/**
 * The policy of a document (architecture.md 7): scripts and style sheets by this document's nonce; style attributes stay
 * open, for Mantine and recharts write them; nothing foreign is loaded, framed, or may frame us.
 */
export const documentPolicy = (nonce: string, dev: boolean): string =>
  [
    "default-src 'self'",
    // React's development build makes its stack traces by eval.
    `script-src 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');

/** Everything a document carries. */
export const documentHeaders = (policy: string): Record<string, string> => ({
  ...commonHeaders(),
  'Content-Security-Policy': policy,
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
});
