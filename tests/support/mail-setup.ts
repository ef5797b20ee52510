import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { newInstance, startDovecot } from '../../bin/support/servers.mjs';
import './provided.ts';

/** Before the mail suite: one Dovecot with IMAP, IMAP over TLS and LMTP, where any user name works. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const instance = await newInstance();
  try {
    const dovecot = await startDovecot({
      folder: path.join(instance.folder, 'dovecot'),
      password: 'pw',
      tls: true,
      logFile: path.join(instance.folder, 'dovecot.log'),
    });
    instance.track(dovecot.process);
    const { folder, configFile, password, imapPort, lmtpPort, imapsPort, certificate } = dovecot;
    project.provide('dovecot', { folder, configFile, password, imapPort, lmtpPort, imapsPort, certificate });
  } catch (error) {
    await instance.end();
    throw error;
  }
  return () => instance.end();
}
