import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { localCertificate } from './certificate.mjs';
import { dovecotConfiguration, oauthConfiguration } from './dovecot/config.mjs';
import { appendMails, deliverByLmtp } from './dovecot/deliver.mjs';
import { doveadmOf } from './dovecot/doveadm.mjs';
import { usableDovecot } from './dovecot/program.mjs';
import { logsDir } from './paths.mjs';
import { answers, freePort } from './ports.mjs';
import { giveToNobody, serverUser } from './process/nobody.mjs';
import { removeDeadPidFile } from './process/pid-file.mjs';
import { startProcess, untilReady } from './process/start.mjs';

/**
 * Starts Dovecot on 127.0.0.1: IMAP and LMTP in the clear, and IMAP over TLS with `tls`. Any user name works.
 * @param {{folder: string, password: string, ports?: {imap?: number, lmtp?: number, imaps?: number}, tls?: boolean,
 *   logFile?: string, introspectUrl?: string}} wanted
 */
export async function startDovecot(wanted) {
  const {
    folder,
    password,
    ports = {},
    tls = false,
    logFile = path.join(logsDir, 'dovecot.log'),
    introspectUrl,
  } = wanted;
  const server = {
    folder,
    password,
    configFile: path.join(folder, 'dovecot.conf'),
    imapPort: await freePort(ports.imap),
    lmtpPort: await freePort(ports.lmtp),
    imapsPort: tls ? await freePort(ports.imaps) : 0,
  };
  for (const name of ['run', 'state', 'home']) mkdirSync(path.join(folder, name), { recursive: true, mode: 0o755 });
  if (tls) server.certificate = await localCertificate(folder);
  writeFileSync(server.configFile, dovecotConfiguration({ ...server, ...serverUser(), introspectUrl }), {
    mode: 0o600,
  });
  if (introspectUrl)
    writeFileSync(path.join(folder, 'oauth2.conf'), oauthConfiguration(introspectUrl), { mode: 0o600 });
  giveToNobody(folder);
  server.process = await launch(server, logFile);
  server.restart = async () => {
    server.process = await launch(server, logFile);
  };
  return Object.assign(server, dovecotHands(server));
}

/** What a test or the demo may do to a Dovecot that runs, from any process. */
export function dovecotHands(server) {
  return {
    ...doveadmOf(server),
    /** Delivers one mail by LMTP to the IMAP user `to`. */
    deliver: (mail) => deliverByLmtp(server, mail),
    /** Appends mails with dates by IMAP. */
    append: (user, mails, mailbox) => appendMails(server, user, mails, mailbox),
  };
}

async function launch({ folder, configFile, imapPort }, logFile) {
  removeDeadPidFile(path.join(folder, 'run/master.pid'));
  const args = ['-F', '-c', configFile];
  const wanted = { name: 'dovecot', command: usableDovecot(), args, cwd: folder, logFile, asNobody: true };
  const started = await startProcess(wanted);
  await untilReady(started, () => answers(imapPort, { greeting: true })).catch((error) => {
    // Dovecot's own log says why it could not start, and tests remove its folder.
    cpSync(path.join(folder, 'dovecot.log'), `${logFile}.own`, { force: true });
    throw error;
  });
  return started;
}
