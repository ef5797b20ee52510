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

/** The folder for sent mail: by special use, else by the names providers in Japan use; null if there is none. */
export function sentFolderOf(folders: readonly { path: string; specialUse: string | null }[]): string | null {
  const special = folders.find((f) => f.specialUse === '\\Sent');
  return (
    special?.path ??
    folders.find((f) => /(^|[/.])(sent( items| messages)?|送信済み?(トレイ|メール|アイテム)?)$/i.test(f.path))?.path ??
    null
  );
}

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
