import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { pageData } from '#app/_entry/page.ts';
import { may } from '#lib/auth/policy.ts';
import { listReceipts } from '#lib/autoreceipts/settings.ts';
import { ReceiptList } from './ReceiptList.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('autoreceipts'))('title') };
}

/** Which 窓口 answers a new inquiry by itself, and which has stopped doing so. */
export default async function AutoReceiptsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const shown = await pageData(slug, async (scope, { tenant, actor }) => ({
    zone: tenant.zone,
    receipts: await listReceipts(scope),
    edit: may(actor.roles, 'rules.edit'),
  }));
  return <ReceiptList slug={slug} {...shown} />;
}
