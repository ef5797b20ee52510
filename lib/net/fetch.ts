import type { IncomingMessage } from 'node:http';
import { env } from '#lib/env.ts';
import { type BodyProblem, boundedBody } from '#lib/net/bounded-body.ts';
import { type DestinationProblem, destinationOf } from '#lib/net/destination.ts';
import { type ExchangeProblem, exchange } from '#lib/net/exchange.ts';
import type { Resolve } from '#lib/net/host-guard.ts';

export type GuardedRequest = {
  /** GET unless said otherwise. */
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent to the first origin only; a redirect to another one goes without them. */
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Bytes of the body, on the line and unpacked. */
  maxBytes: number;
  /** For everything together: look-up, connection, redirects, body. */
  timeoutMs: number;
  /** Content types (lower case, without parameters) that an answer of success may have; left out, any. */
  accept?: readonly string[];
  /** Redirects to follow, by GET and HEAD only; 0 unless said otherwise, at most 3. */
  redirects?: number;
  /** Ports besides 80 and 443. */
  ports?: readonly number[];
  /** On purpose: with MAIL_ALLOW_PRIVATE_HOSTS=1 this call may reach loopback and private addresses, on any port. */
  allowPrivate?: boolean;
  /** How names are looked up; the system's way unless said otherwise. */
  resolve?: Resolve;
  /** A certificate authority (PEM) to trust instead of the system's. */
  ca?: string;
};

export type FetchProblem =
  | DestinationProblem
  | ExchangeProblem
  | BodyProblem
  | 'timeout'
  | 'typeNotAllowed'
  | 'tooManyRedirects';

export type GuardedAnswer =
  | { ok: true; url: string; status: number; contentType: string; headers: Record<string, string>; body: Buffer }
  | { ok: false; reason: FetchProblem };

const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * The one way out for HTTP. Looks the host up itself, refuses every address that isn't a host on the Internet (private,
 * loopback, link-local, metadata, and the forms of IPv6 that hide an IPv4 address) and connects to the very address it
 * checked, anew at each redirect. No cookies, no referrer, no environment proxy, nothing of the person who asked. A failure is
 * a value; `ok: true` means that an answer came, whatever its status.
 */
export async function guardedFetch(url: string, request: GuardedRequest): Promise<GuardedAnswer> {
  const stop = new AbortController();
  const late = new Promise<GuardedAnswer>((resolve) => {
    stop.signal.addEventListener('abort', () => resolve({ ok: false, reason: 'timeout' }));
  });
  const timer = setTimeout(() => stop.abort(), request.timeoutMs);
  try {
    return await Promise.race([follow(url, request, stop.signal), late]);
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

async function follow(first: string, request: GuardedRequest, signal: AbortSignal): Promise<GuardedAnswer> {
  const { method = 'GET', redirects = 0 } = request;
  const most = method === 'GET' || method === 'HEAD' ? Math.min(MOST_REDIRECTS, redirects) : 0;
  const home = URL.parse(first)?.origin;
  let url = URL.parse(first);
  for (let step = 0; url !== null; step += 1) {
    const answer = await ask(url, request, url.origin === home, signal);
    if (typeof answer === 'string') return { ok: false, reason: answer };
    const next = REDIRECTS.has(answer.statusCode ?? 0) ? answer.headers.location : undefined;
    if (next === undefined || most === 0) return read(url, answer, request);
    answer.destroy();
    if (step >= most) return { ok: false, reason: 'tooManyRedirects' };
    url = URL.parse(next, url.href);
  }
  return { ok: false, reason: 'urlNotAllowed' };
}

/** One request, to an address that was checked for it alone. */
async function ask(url: URL, request: GuardedRequest, atHome: boolean, signal: AbortSignal) {
  const { method = 'GET', allowPrivate, ports = [], resolve, ca } = request;
  const destination = await destinationOf(url, {
    allowPrivate: allowPrivate === true && env.mailAllowPrivateHosts,
    ports: [80, 443, ...ports],
    ...(resolve ? { resolve } : {}),
  });
  if (typeof destination === 'string') return destination;
  const body = request.body === undefined ? null : Buffer.from(request.body);
  const headers = headersOf(request, atHome ? request.headers : {});
  return exchange(destination, { method, headers, body, signal, ...(ca ? { ca } : {}) });
}

// Unpacked is how we want it; who packs it all the same is unpacked within bounds.
const headersOf = ({ accept, body }: GuardedRequest, own: Record<string, string> = {}): Record<string, string> => ({
  'User-Agent': 'Madoguchi',
  Accept: accept?.join(', ') ?? '*/*',
  'Accept-Encoding': 'identity',
  ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
  ...own,
  Connection: 'close',
});

async function read(url: URL, answer: IncomingMessage, request: GuardedRequest): Promise<GuardedAnswer> {
  const status = answer.statusCode ?? 0;
  const contentType = (answer.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const refused = (reason: FetchProblem): GuardedAnswer => {
    answer.destroy();
    return { ok: false, reason };
  };
  if (status >= 200 && status < 300 && request.accept && !request.accept.includes(contentType))
    return refused('typeNotAllowed');
  if (Number(answer.headers['content-length'] ?? 0) > request.maxBytes) return refused('tooLarge');
  const body = await boundedBody(answer, answer.headers['content-encoding'] ?? '', request.maxBytes);
  if (typeof body === 'string') return refused(body);
  const plain = Object.entries(answer.headers).filter(([name]) => name !== 'set-cookie');
  const headers = Object.fromEntries(plain.map(([name, value]) => [name, String(value)]));
  return { ok: true, url: url.href, status, contentType, headers, body };
}
