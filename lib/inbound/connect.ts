import type { ImapFlow } from 'imapflow';
import { withLiveAccess, withNewAccess } from '#lib/accounts/oauth-access.ts';
import type { AccountSettings } from '#lib/accounts/settings.ts';
import { connectImap } from '#lib/mail/imap/index.ts';
import { resolveAllowedHost } from '#lib/net/index.ts';

/** A signed-in connection to the account's IMAP server, at exactly the address that was allowed. */
export async function connectAccount(account: AccountSettings): Promise<ImapFlow> {
  try {
    return await connect(await withLiveAccess(account));
  } catch (error) {
    // A token that should have been good was refused: withdrawn, or the policy changed. One new one, then it counts.
    const refused = (error as { authenticationFailed?: boolean }).authenticationFailed === true;
    if (!account.oauth || !refused) throw error;
    return connect(await withNewAccess(account));
  }
}

async function connect(account: AccountSettings): Promise<ImapFlow> {
  const allowed = await resolveAllowedHost(account.imap.host);
  return connectImap({ ...account.imap, host: allowed.address, tls: { servername: account.imap.host } });
}
