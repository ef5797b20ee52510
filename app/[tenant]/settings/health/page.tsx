import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { pageData } from '#app/_entry/page.ts';
import { alarmSettings } from '#lib/accounts/alarm-settings.ts';
import { receiptBoard } from '#lib/accounts/board.ts';
import { may } from '#lib/auth/policy.ts';
import { InZone } from '../parts/InZone.tsx';
import { HealthSheet } from './HealthSheet.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.rail'))('health') };
}

/** How every account receives; for administrators also whom to tell when one stands still. */
export default async function HealthPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const { zone, board, alarm } = await pageData(slug, async (scope, { tenant, actor }) => ({
    zone: tenant.zone,
    board: await receiptBoard(scope),
    alarm: may(actor.roles, 'account.edit') ? await alarmSettings(scope) : null,
  }));
  return (
    <InZone zone={zone}>
      <HealthSheet slug={slug} board={board} alarm={alarm} />
    </InZone>
  );
}
