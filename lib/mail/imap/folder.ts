import type { ImapFlow } from 'imapflow';

/** A folder as it stands now. UIDVALIDITY and UIDNEXT are 32-bit numbers (RFC 3501 2.3.1.1). */
export type OpenFolder = { path: string; uidValidity: number; uidNext: number; exists: number };

/** Opens a folder read-only (EXAMINE), so that nothing we read is ever marked as read. */
export async function openFolder(client: ImapFlow, path: string): Promise<OpenFolder> {
  const box = await client.mailboxOpen(path, { readOnly: true });
  return { path: box.path, uidValidity: Number(box.uidValidity), uidNext: box.uidNext, exists: box.exists };
}

/** The folder's UIDVALIDITY isn't the one the cursor belongs to: its UIDs say nothing about ours. */
export class UidValidityChanged extends Error {
  readonly now: number;
  constructor(path: string, before: number, now: number) {
    super(`UIDVALIDITY of ${path} changed from ${before} to ${now}`);
    this.name = 'UidValidityChanged';
    this.now = now;
  }
}
