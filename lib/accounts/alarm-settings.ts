import { z } from 'zod';
import { requireMay } from '#lib/auth/actor.ts';
import type { Scope } from '#lib/db/scope.ts';

/** Whom to write when the receipt of an account stands still, and after how many minutes. */
export const alarmInput = z.object({
  addresses: z
    .array(
      z
        .string()
        .trim()
        .max(254)
        .regex(/^[^\s@]+@[^\s@]+$/, 'addressFormat'),
    )
    .max(10),
  afterMinutes: z.coerce.number().int().min(5).max(1440),
});
export type AlarmSettings = z.output<typeof alarmInput>;

/** The alarm as it is set now. */
export async function alarmSettings({ db, tenantId, actor }: Scope): Promise<AlarmSettings> {
  requireMay({ actor }, 'account.edit');
  const row = await db.tenantSetting.findUniqueOrThrow({
    where: { tenantId },
    select: { alarmAddresses: true, alarmAfterMinutes: true },
  });
  return { addresses: row.alarmAddresses, afterMinutes: row.alarmAfterMinutes };
}

/** Sets it, each address once. */
export async function saveAlarmSettings(scope: Scope, input: AlarmSettings): Promise<void> {
  requireMay(scope, 'account.edit');
  await scope.db.tenantSetting.update({
    where: { tenantId: scope.tenantId },
    data: { alarmAddresses: [...new Set(input.addresses)], alarmAfterMinutes: input.afterMinutes },
    select: { tenantId: true },
  });
}
