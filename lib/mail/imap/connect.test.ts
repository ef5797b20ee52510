import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { connectImap } from '#lib/mail/imap/connect.ts';

test('a server that announces more than any mail is left at once', { timeout: 10_000 }, async () => {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.write('* OK {900000000}\r\nx');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const began = performance.now();
  const wanted = { host: '127.0.0.1', port, secure: 'none', user: 'u', password: 'p', timeoutMs: 5000 } as const;
  await expect(connectImap(wanted)).rejects.toThrow(/literal/i);
  expect(performance.now() - began).toBeLessThan(4000);
  for (const socket of open) socket.destroy();
  server.close();
});
