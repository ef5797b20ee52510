'use client';

import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { BoardAccount } from '#lib/accounts/board.ts';
import type { Incident } from '#lib/accounts/incidents.ts';
import type { QuarantinedMail } from '#lib/accounts/quarantine.ts';
import { Refused } from '../../parts/Refused.tsx';
import sheet from '../../parts/Sheet.module.css';
import { SheetHead } from '../../parts/SheetHead.tsx';
import { StateMark } from '../../parts/StateMark.tsx';
import { useDeed } from '../../parts/useDeed.ts';
import { useFresh } from '../../parts/useFresh.ts';
import { pullNow } from '../actions.ts';
import { Facts } from './Facts.tsx';
import { Incidents } from './Incidents.tsx';
import { Quarantine } from './Quarantine.tsx';

type Props = { slug: string; account: BoardAccount; incidents: Incident[]; mails: QuarantinedMail[] | null };

/** Seconds after 今すぐ受信 when its result is looked for: a quick server, a slow one. */
const LOOKS = [1500, 4000, 9000];

/** `mails` null: this member only looks. */
export function AccountHealth({ slug, account, incidents, mails }: Props) {
  const t = useTranslations('settings.detail');
  const rail = useTranslations('settings.rail');
  const router = useRouter();
  const { busy, problem, run } = useDeed();
  const edit = mails !== null;
  const settings = `/${slug}/settings`;
  useFresh(20);
  const pull = async () => {
    if (!(await run('pull', pullNow(slug, account.id), t('pulled')))) return;
    for (const ms of LOOKS) setTimeout(() => router.refresh(), ms);
  };
  return (
    <>
      <SheetHead
        title={account.address}
        path={[{ name: rail('health'), href: `${settings}/health` }]}
        mark={<StateMark account={account} />}
      >
        {edit ? (
          <>
            <Button
              variant="default"
              component={Link}
              href={`${settings}/mailboxes/${account.mailboxId}/accounts/${account.id}`}
            >
              {t('edit')}
            </Button>
            <Button
              leftSection={<IconDownload size={16} stroke={1.75} />}
              loading={busy === 'pull'}
              disabled={account.state === 'paused'}
              onClick={() => void pull()}
            >
              {t('pull')}
            </Button>
          </>
        ) : null}
      </SheetHead>
      <section className={sheet.section}>
        <Refused problem={problem} title={t('pull')} />
        <h2 className={sheet.subtitle}>{t('facts')}</h2>
        <Facts account={account} />
      </section>
      {mails ? <Quarantine slug={slug} mails={mails} /> : null}
      <Incidents slug={slug} incidents={incidents} edit={edit} />
    </>
  );
}
