/** npm run bench:mail: how fast, how lean and how right mail becomes conversations. docs/benchmarks.md explains the figures. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { figuresOf } from './mail/figures.ts';
import { downloadSpeed, insertSpeed, parseSpeed } from './mail/limits.ts';
import { files, readMailbox } from './mail/mailboxes.ts';
import { receive } from './mail/receive.ts';
import { startServers } from './mail/servers.ts';
import { makeMailbox } from './make-mailbox.mjs';
import { report } from './report.ts';

const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '2000' },
    maildir: { type: 'string' },
    manifest: { type: 'string' },
    long: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    statements: { type: 'boolean', default: false },
    profile: { type: 'string' },
    name: { type: 'string', default: 'mail' },
  },
});
/** More than this many mails say nothing more about the limits. */
const MOST_FOR_LIMITS = 5000;

const wanted = values.long ? 50_000 : Number(values.mails);
const servers = await startServers();
try {
  const folder = values.maildir ?? path.join(servers.folder, 'mailbox');
  if (!values.maildir) makeMailbox({ out: folder, mails: wanted });
  const mailbox = readMailbox(folder, values.manifest ?? `${folder}.manifest.json`);
  const { mails } = mailbox.expected;
  // The smaller run comes first: its mails are the first of the same mailbox.
  const fewer = values.quick ? null : Math.min(2000, Math.ceil(mails / 4));
  const small = fewer === null ? null : await receive(servers, { name: 'fewer', mailbox, most: fewer });
  const all = await receive(servers, { name: 'all', mailbox, most: mails, profileFolder: values.profile });
  const limits = values.quick ? null : await measureLimits(all.database);
  if (values.statements) for (const s of all.statements.slice(0, 40)) say(s);
  process.exitCode = report(values.name, figuresOf({ expected: mailbox.expected, all, small, limits })) ? 0 : 1;

  async function measureLimits(database: string) {
    const { speed: parse, parsed } = await parseSpeed(files(folder).slice(0, MOST_FOR_LIMITS));
    const download = await downloadSpeed(servers.dovecot, 'all');
    return { download, parse, insert: await insertSpeed(servers.postgres.url('postgres', database), parsed) };
  }
} finally {
  await servers.end();
}

function say({ calls, ms, rows, query }: { calls: number; ms: number; rows: number; query: string }): void {
  console.log([calls, ms.toFixed(1), rows, query.replace(/\s+/g, ' ').slice(0, 160)].join('\t'));
}
