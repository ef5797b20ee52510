import type { ImapFlow } from 'imapflow';
import type { AccountSettings } from '#lib/accounts/settings.ts';
import { connectImap } from '#lib/mail/imap/index.ts';
import { resolveAllowedHost } from '#lib/net/index.ts';

/** A signed-in connection to the account's IMAP server, at exactly the address that was allowed. */
export async function connectAccount(account: AccountSettings): Promise<ImapFlow> {
  const allowed = await resolveAllowedHost(account.imap.host);
  return connectImap({ ...account.imap, host: allowed.address, tls: { servername: account.imap.host } });
}
