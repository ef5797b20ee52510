import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The mails the sink accepted, one .eml and one .json (envelope) each in `folder`, so that a restart keeps them.
 * `list()` is oldest first; a mail is {id, at, from, to[], user, raw: Buffer}.
 */
export function openStore(folder) {
  mkdirSync(folder, { recursive: true });
  const mails = new Map(readStored(folder).map((mail) => [mail.id, mail]));
  let last = Math.max(0, ...[...mails.keys()].map(Number));

  function add({ from, to, user, raw }) {
    last += 1;
    const mail = { id: String(last).padStart(6, '0'), at: new Date().toISOString(), from, to, user, raw };
    write(folder, mail);
    mails.set(mail.id, mail);
    return mail;
  }

  function clear() {
    for (const id of mails.keys()) {
      for (const ending of ['json', 'eml']) rmSync(path.join(folder, `${id}.${ending}`), { force: true });
    }
    mails.clear();
  }

  return { add, clear, list: () => [...mails.values()], get: (id) => mails.get(id) };
}

// The envelope last and by rename: a mail without its envelope was never accepted.
function write(folder, { raw, ...envelope }) {
  const base = path.join(folder, envelope.id);
  writeFileSync(`${base}.eml`, raw);
  writeFileSync(`${base}.tmp`, JSON.stringify(envelope));
  renameSync(`${base}.tmp`, `${base}.json`);
}

function readStored(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => {
    const base = path.join(folder, name.slice(0, -'.json'.length));
    return { ...JSON.parse(readFileSync(`${base}.json`, 'utf8')), raw: readFileSync(`${base}.eml`) };
  });
}
