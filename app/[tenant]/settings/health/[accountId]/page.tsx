import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { idFrom } from '#app/_entry/input.ts';
import { pageData } from '#app/_entry/page.ts';
import { receiptBoard } from '#lib/accounts/board.ts';
import { accountIncidents } from '#lib/accounts/incidents.ts';
import { quarantine } from '#lib/accounts/quarantine.ts';
import { may } from '#lib/auth/policy.ts';
import { notFound } from '#lib/errors.ts';
import { InZone } from '../../parts/InZone.tsx';
import { AccountHealth } from './AccountHealth.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.rail'))('health') };
}

type Props = { params: Promise<{ tenant: string; accountId: string }> };

/** One account's receipt in full: figures, what happened, and for administrators what couldn't be read. */
export default async function AccountHealthPage({ params }: Props) {
  const { tenant: slug, accountId } = await params;
  const shown = await pageData(slug, async (scope, { tenant, actor }) => {
    const id = idFrom(accountId);
    const account = (await receiptBoard(scope)).find((each) => each.id === id);
    if (!account) throw notFound();
    return {
      ...{ zone: tenant.zone, account, incidents: await accountIncidents(scope, id) },
      mails: may(actor.roles, 'account.edit') ? await quarantine(scope, id) : null,
    };
  });
  const { zone, account, incidents, mails } = shown;
  return (
    <InZone zone={zone}>
      <AccountHealth slug={slug} account={account} incidents={incidents} mails={mails} />
    </InZone>
  );
}
