import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deliverByLmtp } from '../dovecot/deliver.mjs';
import { node24, npmEnvironment } from '../node24.mjs';
import { root } from '../paths.mjs';
import { runsAlready } from './crew.mjs';
import { demoDataDir, demoServersDir } from './folders.mjs';
import { readState } from './state.mjs';

// Not in demo.json: the running demo writes that one.
const counter = path.join(demoDataDir, 'fresh-mails');

/** bin/demo mail: one new customer's mail into the running demo's mail server; another one each time. */
export async function deliverFreshMail() {
  const state = readState();
  if (!state || !runsAlready(state)) throw new Error('The demo is not running. Start it with bin/demo first.');
  const count = existsSync(counter) ? Number(readFileSync(counter, 'utf8')) : 0;
  const { address, user, subject, raw } = freshMail(count);
  // Dovecot would take mail for any name, also for one that no 窓口 reads.
  if (!existsSync(path.join(demoServersDir(), 'dovecot/home', user))) throw new Error(`Nobody reads ${address} yet.`);
  const mail = { from: 'customer@mail.example', to: user, raw: Buffer.from(raw, 'base64') };
  await deliverByLmtp({ lmtpPort: state.ports.lmtp }, mail);
  writeFileSync(counter, String(count + 1));
  console.log(`Delivered to ${address}: ${subject}`);
}

function freshMail(count) {
  const args = ['bin/support/demo/fresh-mail.ts', String(count)];
  return JSON.parse(execFileSync(node24(), args, { cwd: root, env: npmEnvironment(), encoding: 'utf8' }));
}
