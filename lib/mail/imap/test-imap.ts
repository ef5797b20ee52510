import { failureOf, type TestFailure, type TestStep, testName } from '#lib/mail/connection-test.ts';
import { closeImap, connectImap, type ImapSettings } from '#lib/mail/imap/connect.ts';

/** A folder of the account; `specialUse` as in RFC 6154 (`\Sent`), `messages` null where it can't be opened. */
export type ImapFolder = { path: string; specialUse: string | null; messages: number | null };

/** Tries name, connection, TLS, sign-in and the folder list step by step; changes nothing on the server. */
export async function testImap(settings: ImapSettings): Promise<{ ok: true; folders: ImapFolder[] } | TestFailure> {
  const unknown = await testName(settings.host);
  if (unknown) return unknown;
  let step: TestStep = 'connect';
  try {
    const client = await connectImap({ timeoutMs: 15_000, ...settings });
    step = 'folders';
    try {
      const list = await client.list({ statusQuery: { messages: true } });
      const folders = list.map((f) => ({
        path: f.path,
        specialUse: f.specialUse ?? null,
        messages: f.status?.messages ?? null,
      }));
      return { ok: true, folders };
    } finally {
      await closeImap(client);
    }
  } catch (error) {
    return failureOf(error, step);
  }
}
