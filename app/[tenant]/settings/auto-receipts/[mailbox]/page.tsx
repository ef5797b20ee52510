import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { idFrom } from '#app/_entry/input.ts';
import { pageData } from '#app/_entry/page.ts';
import { may } from '#lib/auth/policy.ts';
import { readReceipt } from '#lib/autoreceipts/settings.ts';
import { ReceiptEditor } from '../ReceiptEditor.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('autoreceipts'))('title') };
}

/** The automatic receipt of one 窓口, with its words as a customer gets them. */
export default async function AutoReceiptPage({ params }: { params: Promise<{ tenant: string; mailbox: string }> }) {
  const { tenant: slug, mailbox } = await params;
  const shown = await pageData(slug, async (scope, { tenant, actor }) => ({
    zone: tenant.zone,
    receipt: await readReceipt(scope, idFrom(mailbox)),
    edit: may(actor.roles, 'rules.edit'),
  }));
  return <ReceiptEditor key={shown.receipt.version} slug={slug} {...shown} />;
}
