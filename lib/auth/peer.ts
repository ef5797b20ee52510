/**
 * The address of the socket a request came by. Next hands pages and routes only headers, and puts the socket's address
 * into X-Forwarded-For only where the client sent none: whoever sends one himself would choose his own address. So the
 * process writes it into a header whose name it draws at its start, and which nobody outside can know.
 */
import { randomBytes } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

// Next bundles instrumentation and routes apart from each other; globalThis is what they share.
const NAME = Symbol.for('madoguchi.peerHeader');
const held = globalThis as { [NAME]?: string };

/** Called once at the start of a web process (instrumentation.ts). */
export function noteThePeer(): void {
  if (held[NAME]) return;
  const header = `x-mg-peer-${randomBytes(16).toString('hex')}`;
  held[NAME] = header;
  // Node publishes this before it hands the request on.
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[header] = request.socket.remoteAddress ?? '';
  });
}

/** The socket's address, or null in a process that didn't call noteThePeer. */
export const peerOf = (headers: Headers): string | null => (held[NAME] && headers.get(held[NAME])) || null;
