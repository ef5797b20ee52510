'use server';

import { memberAction, memberDeed } from '#app/_entry/action.ts';
import { version } from '#app/_entry/fields.ts';
import { idFrom } from '#app/_entry/input.ts';
import type { ActionResult } from '#lib/conversations/shapes.ts';
import { type PatternInput, patternInput } from '#lib/forms/input.ts';
import * as save from '#lib/forms/save.ts';
import { type TrialInput, type TriedPattern, trial, tryPattern as tryIt } from '#lib/forms/try.ts';

// Each is one verb, as a member of this company; anybody may call an action with anything, so each argument is checked.
type Done = Promise<ActionResult>;

export const addPattern = async (tenant: string, input: PatternInput): Done =>
  memberDeed(tenant, (scope) => save.addPattern(scope, patternInput.parse(input)));

export const changePattern = async (tenant: string, id: string, seen: number, input: PatternInput): Done =>
  memberDeed(tenant, (scope) => save.changePattern(scope, idFrom(id), version.parse(seen), patternInput.parse(input)));

export const switchPattern = async (tenant: string, id: string, enabled: boolean): Done =>
  memberDeed(tenant, (scope) => save.switchPattern(scope, idFrom(id), enabled === true));

export const movePattern = async (tenant: string, id: string, way: 'up' | 'down'): Done =>
  memberDeed(tenant, (scope) => save.movePattern(scope, idFrom(id), way === 'up' ? 'up' : 'down'));

export const deletePattern = async (tenant: string, id: string): Done =>
  memberDeed(tenant, (scope) => save.deletePattern(scope, idFrom(id)));

/** What a pattern would read, before it is saved. */
export const tryPattern = async (tenant: string, input: TrialInput): Promise<ActionResult<TriedPattern>> =>
  memberAction(tenant, (scope) => tryIt(scope, trial.parse(input)));
