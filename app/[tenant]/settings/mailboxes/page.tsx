import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { pageData } from '#app/_entry/page.ts';
import { receiptBoard } from '#lib/accounts/board.ts';
import { mailboxesToSetUp } from '#lib/mailboxes/settings.ts';
import { InZone } from '../parts/InZone.tsx';
import { MailboxList } from './MailboxList.tsx';
import { OauthResult, oauthResultOf } from './OauthResult.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.rail'))('mailboxes') };
}

type Props = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The 窓口 with their mail accounts and how these receive. */
export default async function MailboxesPage({ params, searchParams }: Props) {
  const { tenant: slug } = await params;
  const shown = await pageData(slug, async (scope, { tenant }) => ({
    zone: tenant.zone,
    mailboxes: await mailboxesToSetUp(scope),
    board: await receiptBoard(scope),
  }));
  const { oauth, account } = await searchParams;
  const result = oauthResultOf(oauth);
  const address = shown.board.find(({ id }) => id === account)?.address ?? '';
  return (
    <InZone zone={shown.zone}>
      {result ? <OauthResult slug={slug} result={result} address={address} /> : null}
      <MailboxList slug={slug} mailboxes={shown.mailboxes} board={shown.board} />
    </InZone>
  );
}
