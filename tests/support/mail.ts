import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inject } from 'vitest';
import {
  type Dovecot,
  type DovecotAddress,
  type DovecotHands,
  dovecotHands,
  newInstance,
  type Sink,
  startDovecot,
  startSink,
} from '../../bin/support/servers.mjs';
import './provided.ts';

/** The suite's Dovecot: where it listens, and what its administrator can do. */
export function sharedDovecot(): DovecotAddress & DovecotHands {
  const address = inject('dovecot');
  return { ...address, ...dovecotHands(address) };
}

/** A user name that no other test has; its mailbox is empty. */
export function newMailUser(): string {
  return `u-${randomUUID().slice(0, 8)}@shop.example`;
}

/** A Dovecot of the test's own, to stop and start again. End it with `end()`. */
export async function ownDovecot({
  tls = false,
  introspectUrl = '',
} = {}): Promise<Dovecot & { end: () => Promise<void> }> {
  const instance = await newInstance();
  const folder = path.join(instance.folder, 'dovecot');
  const logFile = path.join(instance.folder, 'dovecot.log');
  const dovecot = await startDovecot({ folder, password: 'pw', tls, logFile, introspectUrl });
  const end = async () => {
    await dovecot.process.stop();
    await instance.end();
  };
  return Object.assign(dovecot, { end });
}

/** A sink of the test's own, in this process, so that its mails and faults are plain calls. `stop()` removes its mails. */
export async function ownSink(options: { password?: string; secure?: boolean; maxBytes?: number } = {}): Promise<Sink> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sink-'));
  const certificate = inject('dovecot')?.certificate;
  const sink = await startSink({ folder, certificate, ...options });
  const stop = async () => {
    await sink.stop();
    await rm(folder, { recursive: true });
  };
  return { ...sink, stop };
}
