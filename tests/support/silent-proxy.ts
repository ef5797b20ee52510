import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A line between a client and a server that can go dead as lines do behind routers and NAT: nothing is closed, nothing is
 * forwarded any more, in either direction. Lines made after `silence()` work.
 */
export class SilentProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #pairs: { silent: boolean }[] = [];
  /** Lines that were made so far. */
  lines = 0;

  constructor(port: number) {
    this.#server = createServer((client) => this.#join(client, port));
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** From now on the lines that stand are dead. */
  silence(): void {
    for (const pair of this.#pairs) pair.silent = true;
    this.#pairs = [];
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(client: Socket, port: number): void {
    this.lines += 1;
    const pair = { silent: false };
    this.#pairs.push(pair);
    const server = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(from);
      from.on('error', () => {}).on('data', (data) => void (pair.silent || to.write(data)));
      from.on('close', () => {
        this.#sockets.delete(from);
        if (!pair.silent) to.destroy();
      });
    }
  }
}
