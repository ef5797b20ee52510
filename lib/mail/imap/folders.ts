import type { ImapFlow } from 'imapflow';
import { sentFolderOf } from '#lib/mail/imap/predicates.ts';

/** The folder for sent mail as the server has it now, or null. */
export async function findSentFolder(client: ImapFlow): Promise<string | null> {
  const folders = (await client.list()).filter(
    ({ flags }) => !flags?.has('\\NonExistent') && !flags?.has('\\Noselect'),
  );
  return sentFolderOf(folders.map(({ path, specialUse }) => ({ path, specialUse: specialUse ?? null })));
}
