'use server';

import { z } from 'zod';
import { memberAction, memberDeed } from '#app/_entry/action.ts';
import { version } from '#app/_entry/fields.ts';
import { idFrom } from '#app/_entry/input.ts';
import { pauseAccount as pause, resumeAccount as resume } from '#lib/accounts/pause.ts';
import { removeAccount as remove } from '#lib/accounts/remove.ts';
import type { ActionResult } from '#lib/conversations/shapes.ts';
import { type MailboxInput, mailboxInput } from '#lib/mailboxes/input.ts';
import { changeMailbox as change, moveMailbox as move, openMailbox as open } from '#lib/mailboxes/save.ts';

export const openMailbox = async (tenant: string, input: MailboxInput): Promise<ActionResult<{ id: string }>> =>
  memberAction(tenant, async (scope) => ({ id: await open(scope, mailboxInput.parse(input)) }));

export const changeMailbox = async (
  tenant: string,
  id: string,
  seen: number,
  input: MailboxInput,
): Promise<ActionResult> =>
  memberDeed(tenant, (scope) => change(scope, idFrom(id), version.parse(seen), mailboxInput.parse(input)));

export const moveMailbox = async (tenant: string, id: string, by: -1 | 1): Promise<ActionResult> =>
  memberDeed(tenant, (scope) => move(scope, idFrom(id), z.union([z.literal(-1), z.literal(1)]).parse(by)));

export const pauseAccount = async (tenant: string, id: string): Promise<ActionResult> =>
  memberDeed(tenant, (scope) => pause(scope, idFrom(id)));

export const resumeAccount = async (tenant: string, id: string): Promise<ActionResult> =>
  memberDeed(tenant, (scope) => resume(scope, idFrom(id)));

export const removeAccount = async (tenant: string, id: string): Promise<ActionResult> =>
  memberDeed(tenant, (scope) => remove(scope, idFrom(id)));
