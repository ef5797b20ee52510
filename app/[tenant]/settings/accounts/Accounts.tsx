'use client';

import { Button } from '@mantine/core';
import { IconMailOff, IconPlus } from '@tabler/icons-react';
import { NextIntlClientProvider, useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import type { AccountRow } from '#lib/accounts/list.ts';
import classes from './Accounts.module.css';
import { AccountTable } from './AccountTable.tsx';
import { NewAccount } from './NewAccount.tsx';

type Props = {
  slug: string;
  zone: string;
  accounts: AccountRow[];
  /** 窓口 to choose from; null for those who may only look. */
  mailboxes: { id: string; name: string }[] | null;
};

export function Accounts({ slug, zone, accounts, mailboxes }: Props) {
  const t = useTranslations('settings');
  const [adding, setAdding] = useState(false);
  const add = (
    <Button leftSection={<IconPlus size={16} stroke={1.75} />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  );
  const empty = accounts.length === 0;
  return (
    <NextIntlClientProvider locale={useLocale()} timeZone={zone}>
      <header className={classes.head}>
        <h1 className={classes.title}>{adding ? t('newTitle') : t('title')}</h1>
        <span className={classes.grow} />
        {mailboxes && !adding && !empty ? add : null}
      </header>
      {adding && mailboxes ? (
        <NewAccount slug={slug} zone={zone} mailboxes={mailboxes} onClose={() => setAdding(false)} />
      ) : null}
      {empty && !adding ? (
        <EmptyState
          icon={<IconMailOff size={24} stroke={1.75} />}
          title={t('emptyTitle')}
          actions={mailboxes ? add : null}
        >
          {mailboxes ? t('emptyText') : t('emptyAsk')}
        </EmptyState>
      ) : null}
      {empty ? null : (
        <section className={classes.section}>
          <h2 className={classes.subtitle}>
            {t('health')}
            <span className={classes.lead}>{t('healthLead')}</span>
          </h2>
          <AccountTable accounts={accounts} />
        </section>
      )}
    </NextIntlClientProvider>
  );
}
