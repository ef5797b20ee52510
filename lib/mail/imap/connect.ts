import { ImapFlow } from 'imapflow';
import { type ImapSettings, imapOptions } from '#lib/mail/imap/settings.ts';

export type { ImapSettings } from '#lib/mail/imap/settings.ts';

/**
 * A connected, signed-in client. Rejects with ImapFlow's error (`failureOf` sorts it). Listen to `close` and make a new client
 * then: an ImapFlow object is never used again. Errors after connecting end in `close`, so the empty listener hides nothing.
 */
export async function connectImap(settings: ImapSettings): Promise<ImapFlow> {
  const client = new ImapFlow(imapOptions(settings));
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    client.close();
    throw error;
  }
  return client;
}

/** Signs out politely, at most a second long, and closes in any case. Never rejects. */
export async function closeImap(client: ImapFlow): Promise<void> {
  const patience = new Promise<void>((resolve) => setTimeout(resolve, 1000).unref());
  await Promise.race([client.logout().catch(() => {}), patience]);
  client.close();
}
