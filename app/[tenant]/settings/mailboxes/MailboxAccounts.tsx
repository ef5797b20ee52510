'use client';

import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { BoardAccount } from '#lib/accounts/board.ts';
import sheet from '../parts/Sheet.module.css';
import { StateMark } from '../parts/StateMark.tsx';
import classes from '../parts/Table.module.css';

/** The mail accounts of one 窓口. */
export function MailboxAccounts({
  slug,
  mailboxId,
  accounts,
}: {
  slug: string;
  mailboxId: string;
  accounts: BoardAccount[];
}) {
  const t = useTranslations('settings.mailbox');
  const add = useTranslations('settings.mailboxes');
  const here = `/${slug}/settings/mailboxes/${mailboxId}/accounts`;
  return (
    <section className={sheet.section}>
      <h2 className={sheet.subtitle}>{t('accounts')}</h2>
      <div className={classes.accounts}>
        {accounts.length === 0 ? <p className={sheet.note}>{t('accountsNone')}</p> : null}
        {accounts.map((account) => (
          <span key={account.id} className={classes.account}>
            <Link href={`${here}/${account.id}`}>{account.address}</Link>
            <StateMark account={account} />
          </span>
        ))}
      </div>
      <Button
        mt={12}
        variant="default"
        component={Link}
        href={`${here}/new`}
        leftSection={<IconPlus size={16} stroke={1.75} />}
      >
        {add('addAccount')}
      </Button>
    </section>
  );
}
