import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Destination } from '#lib/net/destination.ts';

export type ExchangeProblem = 'connectionFailed' | 'tlsFailed';

export type Asked = {
  method: string;
  headers: Record<string, string>;
  body: Buffer | null;
  signal: AbortSignal;
  /** A certificate authority to trust beside the system's own. */
  ca?: string;
};

/**
 * Sends one request to exactly the address that was checked and returns as soon as the answer's headers are there. A fresh
 * connection each time: no pool that could hand one host's connection to another. Certificates are verified against the name.
 */
export function exchange(to: Destination, asked: Asked): Promise<IncomingMessage | ExchangeProblem> {
  const options: https.RequestOptions = {
    host: to.address,
    family: to.family,
    port: to.port,
    path: `${to.url.pathname}${to.url.search}`,
    method: asked.method,
    headers: { ...asked.headers, Host: to.url.host },
    signal: asked.signal,
    maxHeaderSize: 16_384,
    agent: to.secure
      ? new https.Agent({ keepAlive: false, maxCachedSessions: 0 })
      : new http.Agent({ keepAlive: false }),
    ...(to.secure ? { servername: to.servername, rejectUnauthorized: true } : {}),
    ...(asked.ca ? { ca: asked.ca } : {}),
  };
  return new Promise((resolve) => {
    const request = (to.secure ? https : http).request(options, resolve);
    request.on('error', (error: NodeJS.ErrnoException) => resolve(isTls(error) ? 'tlsFailed' : 'connectionFailed'));
    // What answers with a protocol of its own gets no say: we don't speak it.
    request.on('upgrade', (_answer, socket) => {
      socket.destroy();
      resolve('connectionFailed');
    });
    request.end(asked.body ?? undefined);
  });
}

const isTls = ({ code = '' }: NodeJS.ErrnoException): boolean =>
  /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH)/.test(code);
