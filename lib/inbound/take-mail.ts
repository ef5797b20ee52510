import { setTimeout } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import { putBlob } from '#lib/blobs/index.ts';
import type { RawMail } from '#lib/inbound/store-chunk.ts';
import { log } from '#lib/log.ts';
import { failureOf } from '#lib/mail/connection-test.ts';
import { type FetchedMail, isListed, isRefusal } from '#lib/mail/imap/index.ts';

/** Between the two times a mail is asked for by itself, milliseconds. */
const PATIENCE_MS = 1000;

/** What became of a fetched mail; `refusal` is the server's, where it lists the mail and doesn't give it. */
export type Taken = { raw: RawMail; refusal: unknown } | null;

/**
 * Puts a fetched mail's bytes into the blob store. A mail that the server lists but doesn't give, also when asked again, has
 * no sha256: it becomes a placeholder that somebody sees. Null: it was expunged meanwhile.
 */
export async function takeMail(client: ImapFlow, tenantId: string, { source, ...told }: FetchedMail): Promise<Taken> {
  if (Buffer.isBuffer(source)) return { raw: { ...told, ...(await putBlob(tenantId, source)) }, refusal: null };
  if ('open' in source) return takeAlone(client, tenantId, told, source.open);
  const { sha256 } = await putBlob(tenantId, source.header);
  return { raw: { ...told, sha256 }, refusal: null };
}

type Told = Omit<RawMail, 'sha256' | 'words'>;
type Open = Extract<FetchedMail['source'], { open: unknown }>['open'];

async function takeAlone(client: ImapFlow, tenantId: string, told: Told, open: Open): Promise<Taken> {
  for (let again = false; ; again = true) {
    try {
      return { raw: { ...told, ...(await putBlob(tenantId, open())) }, refusal: null };
    } catch (refusal) {
      if (!isRefusal(refusal)) throw refusal;
      if (!(await isListed(client, told.uid))) return null;
      if (again) return unreadable(told, refusal);
    }
    await setTimeout(PATIENCE_MS);
  }
}

function unreadable(told: Told, refusal: unknown): Taken {
  log.warn('inbound.mailNotGiven', { uid: told.uid, size: told.size, error: refusal });
  return { raw: { ...told, sha256: null, words: wordsOf(refusal) }, refusal };
}

/** The server's own, for the quarantine. */
const wordsOf = (refusal: unknown): string => failureOf(refusal, 'folders').words.slice(0, 1000);
