import type { ImapFlow } from 'imapflow';
import { sentFoldersOf } from '#lib/mail/imap/predicates.ts';

/** The folders for sent mail as the server has them now, the best first. */
export async function findSentFolders(client: ImapFlow): Promise<string[]> {
  const folders = (await client.list()).filter(
    ({ flags }) => !flags?.has('\\NonExistent') && !flags?.has('\\Noselect'),
  );
  return sentFoldersOf(
    folders.map(({ path, specialUse, specialUseSource }) => ({
      ...{ path, specialUse: specialUse ?? null, specialUseSource: specialUseSource ?? null },
    })),
  );
}
