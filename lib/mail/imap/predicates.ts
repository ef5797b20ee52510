/** The `n:*` trap (RFC 3501 6.4.8): a range that begins after the last UID still answers with the last message. */
export function isNew(uid: number, afterUid: number): boolean {
  return uid > afterUid;
}

export function isTooLarge(size: number, cap: number): boolean {
  return size > cap;
}

/** Small enough to come with its source in a ranged FETCH instead of a stream of its own. */
export function isSmall(size: number, smallLimit: number): boolean {
  return size <= smallLimit;
}

/** The folder's UIDs mean something else than when the cursor was stored. */
export function uidsChanged(stored: number | null, now: number): boolean {
  return stored !== null && stored !== now;
}

/** A folder in the server's list; `specialUse` by RFC 6154 or, with source `name`, only guessed from the name. */
export type ListedFolder = { path: string; specialUse: string | null; specialUseSource?: string | null };

/** The last part of a path as mail programs in Japan name what was sent: 送信トレイ is the outbox and isn't meant. */
const SENT_NAME = /(^|[/.])(sent([ -]?(items|messages|mail))?|送信(済み?)?(トレイ|メール|アイテム|箱|ボックス)?)$/i;
const OUTBOX_NAME = /(^|[/.])送信(トレイ|箱|ボックス)?$/;

/**
 * The folders for sent mail, the best first: what the server itself marks, then by the names that providers and mail programs
 * use. A mailbox often has two: the provider's, and the one Outlook or a phone made beside it.
 */
export function sentFoldersOf(folders: readonly ListedFolder[]): string[] {
  const marked = folders.filter((f) => f.specialUse === '\\Sent' && f.specialUseSource !== 'name');
  const named = folders.filter((f) => SENT_NAME.test(f.path) && !OUTBOX_NAME.test(f.path));
  const guessed = folders.filter((f) => f.specialUse === '\\Sent' && !OUTBOX_NAME.test(f.path));
  return [...new Set([...marked, ...named, ...guessed].map((f) => f.path))];
}

/** The folder for sent mail, or null if there is none. */
export const sentFolderOf = (folders: readonly ListedFolder[]): string | null => sentFoldersOf(folders)[0] ?? null;

/** UIDs in ascending order as a sequence set: `1:3,7`. */
export function uidSet(uids: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const uid of uids) {
    const last = ranges.at(-1);
    if (last && uid === last[1] + 1) last[1] = uid;
    else ranges.push([uid, uid]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}:${to}`)).join(',');
}
