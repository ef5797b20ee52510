#!/usr/bin/env node
// Writes a Maildir of a shop's mail, the same for the same words, and beside it a manifest of what has to become of it:
//   node tests/bench/make-mailbox.mjs --out FOLDER [--mails 2000] [--seed 1] [--to support@inbox.test]
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chanceOf } from './mailbox/chance.mjs';
import { letters } from './mailbox/letters.mjs';

const START = Date.UTC(2026, 0, 5);

/**
 * @param {{out: string, mails?: number, seed?: number, to?: string}} wanted
 * @returns the manifest, which also stands in `out`.manifest.json
 */
export function makeMailbox({ out, mails = 2000, seed = 1, to = 'support@inbox.test' }) {
  rmSync(out, { recursive: true, force: true });
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(path.join(out, name), { recursive: true });
  const manifest = {
    to,
    seed,
    mails,
    bytes: 0,
    distinct: 0,
    duplicates: 0,
    conversations: 0,
    attachments: 0,
    classes: {},
  };
  let n = 0;
  for (const letter of letters({ count: mails, seed, to, start: START, chance: chanceOf(seed) })) {
    writeLetter(out, letter, n, seed);
    count(manifest, letter);
    n += 1;
  }
  writeFileSync(`${out}.manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

// Dovecot gives UIDs in the order of these names; the file's own time becomes the internal date.
function writeLetter(out, { raw, at }, n, seed) {
  const seconds = Math.floor(at / 1000);
  const file = path.join(out, 'new', `${seconds}.M${String(n).padStart(6, '0')}P${seed}.bench`);
  writeFileSync(file, raw);
  utimesSync(file, seconds, seconds);
}

function count(manifest, letter) {
  manifest.bytes += letter.raw.length;
  if (letter.duplicate) {
    manifest.duplicates += 1;
    return;
  }
  manifest.distinct += 1;
  manifest.conversations += letter.opens ? 1 : 0;
  manifest.attachments += letter.files;
  manifest.classes[letter.class] = (manifest.classes[letter.class] ?? 0) + 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { out: { type: 'string' }, mails: { type: 'string' }, seed: { type: 'string' }, to: { type: 'string' } },
  });
  if (!values.out) throw new Error('--out FOLDER is missing.');
  const number = (text, otherwise) => (text === undefined ? otherwise : Number(text));
  const wanted = { out: values.out, mails: number(values.mails, 2000), seed: number(values.seed, 1), to: values.to };
  console.log(JSON.stringify(makeMailbox(wanted), null, 2));
}
