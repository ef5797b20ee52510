'use server';

import { answer } from '#app/_entry/action.ts';
import { type AccountInput, accountInput } from '#lib/accounts/input.ts';
import { saveAccount as save } from '#lib/accounts/save.ts';
import { type AccountTest, testAccount as test } from '#lib/accounts/test.ts';
import { requireMay } from '#lib/auth/actor.ts';
import { memberOf } from '#lib/auth/member.ts';
import { asMember } from '#lib/auth/membership.ts';
import type { ActionResult } from '#lib/conversations/shapes.ts';

/** Connects to both servers and changes nothing. The permission comes first: nobody else makes us connect anywhere. */
export const testAccount = async (tenant: string, input: AccountInput): Promise<ActionResult<AccountTest>> =>
  answer(async () => {
    requireMay(await memberOf(tenant), 'account.edit');
    return test(accountInput.parse(input));
  });

/** Connects, and saves what could be reached; `id` is null when a step failed, and then nothing was saved. */
export const saveAccount = async (
  tenant: string,
  input: AccountInput,
): Promise<ActionResult<{ id: string | null; test: AccountTest }>> =>
  answer(async () => {
    const member = await memberOf(tenant);
    requireMay(member, 'account.edit');
    const wanted = accountInput.parse(input);
    const tested = await test(wanted);
    const id = tested.ok ? await asMember(member, (scope) => save(scope, wanted, tested)) : null;
    return { id, test: tested };
  });
