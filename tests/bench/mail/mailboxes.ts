import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Dovecot, giveToNobody } from '../../../bin/support/servers.mjs';

/** What has to become of a mailbox. `conversations` and the like are missing where only a part of it was put there. */
export type Expected = {
  mails: number;
  distinct: number | null;
  duplicates: number | null;
  conversations: number | null;
  attachments: number | null;
  classes: Record<string, number> | null;
};

/** A Maildir on disk and what its manifest says. */
export type Mailbox = { folder: string; to: string; expected: Expected };

type Manifest = Partial<Expected> & {
  to?: string;
  // What another generator of such mailboxes writes: human mail alone, each mail once.
  count?: number;
  threads?: number;
};

/** Reads a manifest of make-mailbox.mjs, or one that counts `count`, `threads` and `attachments` of human mail alone. */
export function readMailbox(folder: string, manifestFile: string): Mailbox {
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest;
  const to = manifest.to ?? recipientIn(folder);
  const mails = manifest.mails ?? manifest.count ?? 0;
  return {
    folder,
    to,
    expected: {
      mails,
      distinct: manifest.distinct ?? mails,
      duplicates: manifest.duplicates ?? 0,
      conversations: manifest.conversations ?? manifest.threads ?? null,
      attachments: manifest.attachments ?? null,
      classes: manifest.classes ?? { human: mails },
    },
  };
}

function recipientIn(folder: string): string {
  const head = readFileSync(files(folder)[0] ?? '', 'latin1').slice(0, 4000);
  return /^Delivered-To: (\S+)/im.exec(head)?.[1] ?? /^To:[^\n]*<([^>\s]+)>/im.exec(head)?.[1] ?? '';
}

/** Every mail of a Maildir, in the order in which they get their UIDs. */
export function files(folder: string): string[] {
  return ['new', 'cur'].flatMap((name) =>
    readdirSync(path.join(folder, name))
      .sort()
      .map((file) => path.join(folder, name, file)),
  );
}

/** Puts the first so many mails into the INBOX of a user of Dovecot, with their dates; Dovecot then knows the folder. */
export async function putMailbox(dovecot: Dovecot, mailbox: Mailbox, user: string, most: number): Promise<number> {
  const home = path.join(dovecot.folder, 'home', user);
  const target = path.join(home, 'Maildir');
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(path.join(target, name), { recursive: true });
  const wanted = files(mailbox.folder).slice(0, most);
  for (const file of wanted) cpSync(file, path.join(target, 'new', path.basename(file)), { preserveTimestamps: true });
  giveToNobody(home);
  await dovecot.doveadm('index', '-u', user, 'INBOX');
  return wanted.length;
}
