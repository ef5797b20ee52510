import { say, step } from '../progress.mjs';
import { installPackages } from '../setup/npm.mjs';
import { installPrograms } from '../setup/programs.mjs';
import { newCrew, runsAlready, takeOver } from './crew.mjs';
import { removeDemoData } from './folders.mjs';
import { greeting } from './greeting.mjs';
import { deliverFreshMail } from './mail.mjs';
import { databaseKey, ownServers } from './own-servers.mjs';
import { isHalfSeeded } from './seed.mjs';
import { startServers } from './servers.mjs';
import { startDemo } from './start.mjs';
import { newState, readState } from './state.mjs';

const usage = `bin/demo            starts Madoguchi with a sample company
bin/demo --reset    the same, from nothing: forgets what the last demo kept
bin/demo mail       delivers one new customer's mail to the running demo
bin/demo servers    starts PostgreSQL, Redis, Dovecot and the SMTP sink only`;

/** bin/demo. Resolves to the exit code. */
export async function main(words) {
  const command = words.filter((word) => word !== '--reset').join(' ');
  if (command === 'mail') return deliverFreshMail().then(() => 0);
  if (command !== '' && command !== 'servers') throw new Error(usage);
  const own = ownServers();
  const state = beginning({ reset: words.includes('--reset'), own });
  await Promise.all([installPrograms(neededPrograms(own)), installPackages()]);
  await takeOver(state);
  return untilStopped(state, (crew) => (command === 'servers' ? serversOnly : wholeDemo)({ state, crew, own }));
}

async function wholeDemo(parts) {
  console.log(greeting(await startDemo(parts)));
}

async function serversOnly(parts) {
  const { databaseUrl, redisUrl, dovecot, sink } = await step('Starting the servers', () => startServers(parts));
  const shown = { databaseUrl, redisUrl, imapPort: dovecot.imapPort, smtpPort: sink.smtpPort, sinkUrl: sink.url };
  console.log(`The servers run: ${JSON.stringify(shown)}`);
}

const neededPrograms = (own) => ['dovecot', ...(own.redisUrl ? [] : ['redis'])];

/** The state to start from: the last one, or a new one for --reset, the first start, or after half a seed. */
function beginning({ reset, own }) {
  const last = readState();
  if (last && runsAlready(last)) {
    throw new Error(
      `The demo runs already, at ${last.url ?? 'an address it is about to print'} (process ${last.owner.pid}).`,
    );
  }
  const half = last && isHalfSeeded(last, databaseKey(own));
  if (last && !reset && !half) return last;
  if ((reset || half) && own.database) {
    say('DATABASE_URL is your own: its tables stay as they are. For a new beginning there, give an empty database.');
  }
  if (half && !reset) say('The last start ended while it seeded: beginning anew.');
  removeDemoData();
  return { ...newState(), ports: last?.ports ?? {} };
}

/** Does `work`, then waits for Ctrl-C or a process that ends by itself; in every case stops exactly what was started. */
async function untilStopped(state, work) {
  const crew = newCrew(state);
  const asked = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve({ asked: true }));
  });
  const gone = crew.firstGone.then((started) => ({ gone: started }));
  const working = work(crew).then(
    () => Promise.race([asked, gone]),
    (error) => ({ error }),
  );
  const end = await Promise.race([asked, working]);
  say('Stopping what this demo started ...');
  await crew.stopAll();
  if (end.error) throw end.error;
  if (end.gone) throw new Error(`${end.gone.name} ended by itself. See ${end.gone.logFile}`);
  say('Stopped. The data is kept.');
  return 0;
}
