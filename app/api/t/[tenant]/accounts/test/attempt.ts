import { z } from 'zod';
import { version } from '#app/_entry/fields.ts';
import { changeAccount } from '#lib/accounts/change.ts';
import { accountInput } from '#lib/accounts/input.ts';
import { withLiveAccess } from '#lib/accounts/oauth-access.ts';
import { saveAccount } from '#lib/accounts/save.ts';
import { connectsOtherwise, type Servers, type ServersToTest, serversToTest } from '#lib/accounts/servers.ts';
import { testAccount } from '#lib/accounts/test.ts';
import type { AccountTest, TestEvent } from '#lib/accounts/test-steps.ts';
import { asMember, type Member } from '#lib/auth/membership.ts';
import type { Problem } from '#lib/conversations/shapes.ts';
import { conflict } from '#lib/errors.ts';

export const attemptInput = z.object({
  account: accountInput,
  /** The account that is changed, and the version its form was read at; null: a new one. */
  existing: z.object({ id: z.uuid(), version }).nullable(),
  /** Save when every step went well, or only try; only a try sends a mail to itself. */
  save: z.boolean(),
  mail: z.boolean(),
});
export type AttemptInput = z.output<typeof attemptInput>;

/** One line of the answer. `saved` comes last, and only then is anything saved. */
export type Attempt =
  | TestEvent
  | { type: 'tested'; ok: boolean; folderNames: string[]; sentFolder: string | null }
  | { type: 'saved'; id: string }
  | { type: 'refused'; error: Problem };
type Telling = { signal: AbortSignal; tell: (line: Attempt) => void };

export async function attempt(member: Member, wanted: AttemptInput, { signal, tell }: Telling): Promise<void> {
  const prepared = await asMember(member, async (scope) => {
    const { account, existing, save } = wanted;
    if (save && existing && !(await connectsOtherwise(scope, account, existing.id))) return null;
    return serversToTest(scope, account, existing?.id ?? null);
  });
  // What an account by OAuth2 may do is known only after its sign-in at the provider, which needs it saved.
  const waits = prepared !== null && wanted.account.auth !== 'password' && !prepared.stored?.oauth;
  if (waits && !wanted.save) throw conflict('oauthFirst');
  const tested = prepared === null || waits ? null : await test(member, await live(prepared), wanted, { signal, tell });
  if (signal.aborted || !wanted.save || tested?.ok === false) return;
  tell({ type: 'saved', id: await asMember(member, (scope) => save(scope, wanted, tested)) });
}

async function test(member: Member, servers: Servers, { save, mail }: AttemptInput, { signal, tell }: Telling) {
  const tested = await testAccount(servers, {
    ...{ tenantId: member.tenant.id, mail: mail && !save, signal, onEvent: tell },
  });
  const { ok, folderNames, sentFolder } = tested;
  tell({ type: 'tested', ok, folderNames, sentFolder });
  return tested;
}

async function live({ servers, stored }: ServersToTest): Promise<Servers> {
  if (servers.auth === 'password' || !stored) return servers;
  const { imap, smtp } = await withLiveAccess(stored);
  return {
    ...servers,
    imap: { ...servers.imap, accessToken: imap.accessToken },
    smtp: { ...servers.smtp, accessToken: smtp.accessToken },
  };
}

async function save(
  scope: Parameters<typeof saveAccount>[0],
  { account, existing }: AttemptInput,
  tested: AccountTest | null,
): Promise<string> {
  if (!existing) return saveAccount(scope, account, tested);
  await changeAccount(scope, existing.id, existing.version, account, tested);
  return existing.id;
}
