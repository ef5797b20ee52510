import type { ImapFlow } from 'imapflow';
import { failureOf, type TestFailure, type TestStep, testName } from '#lib/mail/connection-test.ts';
import { closeImap, connectImap, type ImapSettings } from '#lib/mail/imap/connect.ts';
import { type OpenFolder, openFolder } from '#lib/mail/imap/folder.ts';
import { sentFolderOf } from '#lib/mail/imap/predicates.ts';

/** A folder of the account; `specialUse` as in RFC 6154 (`\Sent`), `messages` null where it can't be opened. */
export type ImapFolder = { path: string; specialUse: string | null; messages: number | null };

/** The folders we would read, each as it stood at the test: what gets a UID from then on has arrived after it. */
export type FoldersToRead = { inbox: OpenFolder; sent: OpenFolder | null };
export type TestedImap = { ok: true; folders: ImapFolder[] } & FoldersToRead;

/** Tries name, connection, TLS, sign-in and the folders step by step; changes nothing on the server. */
export async function testImap(settings: ImapSettings): Promise<TestedImap | TestFailure> {
  const unknown = await testName(settings.host);
  if (unknown) return unknown;
  let step: TestStep = 'connect';
  try {
    const client = await connectImap({ timeoutMs: 15_000, ...settings });
    step = 'folders';
    try {
      const folders = await foldersOf(client);
      return { ok: true, folders, ...(await foldersToRead(client, folders)) };
    } finally {
      await closeImap(client);
    }
  } catch (error) {
    return failureOf(error, step);
  }
}

async function foldersOf(client: ImapFlow): Promise<ImapFolder[]> {
  const list = await client.list({ statusQuery: { messages: true } });
  return list.map((f) => ({
    path: f.path,
    specialUse: f.specialUse ?? null,
    messages: f.status?.messages ?? null,
  }));
}

async function foldersToRead(client: ImapFlow, folders: readonly ImapFolder[]): Promise<FoldersToRead> {
  const path = sentFolderOf(folders);
  const inbox = await openFolder(client, 'INBOX');
  // Customers' mail doesn't need it: a Sent folder that can't be opened is looked for again by the worker.
  const sent = path === null ? null : await openFolder(client, path).catch(() => null);
  return { inbox, sent };
}
