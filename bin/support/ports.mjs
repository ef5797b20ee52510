import net from 'node:net';

/** A TCP port nobody listens on at 127.0.0.1 right now: the preferred one if it is free, else any. */
export async function freePort(preferred = 0) {
  if (preferred) {
    const port = await tryPort(preferred);
    if (port) return port;
  }
  return tryPort(0);
}

function tryPort(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const found = server.address().port;
      server.close(() => resolve(found));
    });
  });
}

/** True when something at 127.0.0.1:port accepts a connection; `greeting` waits for its first words as well. */
export function answers(port, { greeting = false } = {}) {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1', timeout: 2_000 });
    const done = (result) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('error', () => done(false));
    socket.once('timeout', () => done(false));
    socket.once(greeting ? 'data' : 'connect', () => done(true));
  });
}
