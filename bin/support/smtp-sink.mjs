import { readFileSync } from 'node:fs';
import { freePort } from './ports.mjs';
import { faultBoard } from './sink/faults.mjs';
import { smtpServer } from './sink/server.mjs';
import { openStore } from './sink/store.mjs';
import { webServer } from './sink/web.mjs';

/**
 * Starts the SMTP server that stands for all customers, with its web page, in this process.
 * @param {{folder: string, ports?: {smtp?: number, web?: number}, password?: string, secure?: boolean,
 *   certificate?: {cert: string, key: string}, maxBytes?: number}} wanted folder: where accepted mails are kept
 * @returns {{smtpPort: number, webPort: number, url: string, mails(): object[], clear(): void,
 *   fault(fault: object): void, clearFaults(): void, stop(): Promise<void>}}
 */
export async function startSink({ folder, ports = {}, certificate, ...options }) {
  const store = openStore(folder);
  const faults = faultBoard();
  const tls = certificate && { cert: readFileSync(certificate.cert), key: readFileSync(certificate.key) };
  const smtp = await smtpServer({ store, faults, tls, ...options });
  const web = webServer({ store, faults });
  const smtpPort = await listen(smtp, await freePort(ports.smtp));
  const webPort = await listen(web, await freePort(ports.web));
  return {
    smtpPort,
    webPort,
    url: `http://127.0.0.1:${webPort}`,
    mails: store.list,
    clear: store.clear,
    fault: faults.set,
    clearFaults: faults.clear,
    stop: () => stop(smtp, web),
  };
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once?.('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(port));
  });
}

async function stop(smtp, web) {
  web.closeAllConnections();
  await Promise.all([new Promise((done) => smtp.close(done)), new Promise((done) => web.close(done))]);
}
