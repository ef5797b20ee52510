'use server';

import { memberDeed } from '#app/_entry/action.ts';
import { idFrom } from '#app/_entry/input.ts';
import { type AlarmSettings, alarmInput, saveAlarmSettings } from '#lib/accounts/alarm-settings.ts';
import { markIncidentSeen as mark } from '#lib/accounts/incidents.ts';
import { pullNow as pull } from '#lib/accounts/pull-now.ts';
import { retryQuarantined as retry } from '#lib/accounts/quarantine.ts';
import type { ActionResult } from '#lib/conversations/shapes.ts';

export const saveAlarm = async (tenant: string, input: AlarmSettings): Promise<ActionResult> =>
  memberDeed(tenant, (scope) => saveAlarmSettings(scope, alarmInput.parse(input)));

export const pullNow = async (tenant: string, accountId: string): Promise<ActionResult> =>
  memberDeed(tenant, (scope) => pull(scope, idFrom(accountId)));

export const markIncidentSeen = async (tenant: string, incidentId: string): Promise<ActionResult> =>
  memberDeed(tenant, (scope) => mark(scope, idFrom(incidentId)));

export const retryQuarantined = async (tenant: string, inboundId: string): Promise<ActionResult> =>
  memberDeed(tenant, (scope) => retry(scope, idFrom(inboundId)));
