import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { asNobody } from '../process/nobody.mjs';
import { which } from '../process/which.mjs';

const run = promisify(execFile);

/**
 * What a person at the mail server could do, for the tests: `server` is what startDovecot returned.
 * @throws with doveadm's own words
 */
export function doveadmOf({ folder, configFile }) {
  const doveadm = async (...words) => {
    const [command, args] = asNobody(which('doveadm'), ['-c', configFile, ...words]);
    const { stdout } = await run(command, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  };
  return {
    doveadm,
    /** Cuts every session of this user, as a restart of the server would. */
    kick: (user) => doveadm('kick', user).catch(toleratingNobodyThere),
    /** Gives a folder another UIDVALIDITY, as after a restore from a backup. */
    setUidValidity: (user, value, mailbox = 'INBOX') =>
      doveadm('mailbox', 'update', '-u', user, '--uid-validity', String(value), mailbox),
    /** Makes a folder. */
    createMailbox: (user, mailbox) => doveadm('mailbox', 'create', '-u', user, mailbox),
    /** Removes mails for good; `query` is doveadm's search language, e.g. ['all'] or ['uid', '3']. */
    expunge: (user, mailbox, ...query) => doveadm('expunge', '-u', user, 'mailbox', mailbox, ...query),
    /** How many mails a folder holds. */
    count: async (user, mailbox = 'INBOX') =>
      countIn(await doveadm('mailbox', 'status', '-u', user, 'messages', mailbox)),
    /** The process ids of this user's IMAP sessions, for a kill -9 in the middle of something. */
    sessionPids: async (user) => pidsIn(await doveadm('-f', 'tab', 'who', '-1', user)),
  };
}

function toleratingNobodyThere(error) {
  if (!/no users kicked/i.test(`${error.stdout}${error.stderr}`)) throw error;
  return '';
}

const countIn = (status) => Number(/messages=(\d+)/.exec(status)?.[1]);

function pidsIn(table) {
  const [head, ...rows] = table.trim().split('\n');
  const column = head.split('\t').indexOf('pid');
  return rows.map((row) => Number(row.split('\t')[column])).filter(Boolean);
}
