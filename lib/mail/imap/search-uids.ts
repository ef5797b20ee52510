import type { ImapFlow } from 'imapflow';

/** UIDs asked for in one SEARCH: its answer is one line, some 8 bytes each. */
const WINDOW = 50_000;

/** The UIDs of the open folder from one to another, in ascending order. */
export async function uidsBetween(client: ImapFlow, from: number, to: number): Promise<number[]> {
  const uids: number[] = [];
  let start = from;
  let width = WINDOW;
  while (start <= to) {
    const end = Math.min(start + width - 1, to);
    const found = answered(await client.search({ uid: `${start}:${end}` }, { uid: true }));
    // The last UID answers also where the range lies beyond it (RFC 3501 6.4.8).
    for (const uid of found) if (uid >= start && uid <= end) uids.push(uid);
    start = end + 1;
    // UIDs may be sparse: four thousand million of them, and ten mails.
    width = found.length < WINDOW / 4 ? width * 4 : WINDOW;
  }
  return uids.sort((a, b) => a - b);
}

/**
 * The lowest UID of the open folder that the server received on that day or later; null when there is none. SEARCH SINCE
 * knows whole days in the server's own zone, so the day before is asked for: better a few mails too many than one too few.
 */
export async function uidsSince(client: ImapFlow, since: Date): Promise<number | null> {
  const found = answered(await client.search({ since: new Date(since.getTime() - 86_400_000) }, { uid: true }));
  return found.length === 0 ? null : found.reduce((a, b) => Math.min(a, b));
}

// ImapFlow answers false for a refusal and undefined for a cut line: neither means that there is nothing.
function answered(found: number[] | false | undefined): number[] {
  if (!found) throw new Error('the server gave no answer to SEARCH');
  return found;
}
