'use client';

import { Button } from '@mantine/core';
import { IconMailForward } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import type { ReceiptSetting } from '#lib/autoreceipts/settings.ts';
import { InZone } from '../parts/InZone.tsx';
import sheet from '../parts/Sheet.module.css';
import { SheetHead } from '../parts/SheetHead.tsx';
import classes from './AutoReceipts.module.css';
import { Fuse } from './Fuse.tsx';
import { ReceiptState } from './ReceiptState.tsx';

type Props = { slug: string; zone: string; receipts: ReceiptSetting[]; edit: boolean };

/** Every 窓口 with its automatic receipt; a fuse that blew comes first, for nothing is sent until somebody looks. */
export function ReceiptList({ slug, zone, receipts, edit }: Props) {
  const t = useTranslations('autoreceipts');
  return (
    <InZone zone={zone}>
      <SheetHead title={t('title')} />
      {receipts
        .filter(({ fuseBlownAt }) => fuseBlownAt !== null)
        .map((receipt) => (
          <Fuse key={receipt.mailbox.id} slug={slug} receipt={receipt} edit={edit} />
        ))}
      {receipts.length === 0 ? (
        <EmptyState icon={<IconMailForward size={24} stroke={1.75} />} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <section className={sheet.section}>
          <p className={classes.lead}>{t('lead')}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than a phone is scrolled by keys, too */}
          <section className={classes.scroll} aria-label={t('title')} tabIndex={0}>
            <table className={`${classes.table} ${classes.stack}`}>
              <thead>
                <tr>
                  <th scope="col">{t('mailbox')}</th>
                  <th scope="col">{t('state')}</th>
                  <th scope="col">{t('hours')}</th>
                  <th scope="col" className={classes.number}>
                    {t('sentToday')}
                  </th>
                  <th scope="col">
                    <span className={classes.hidden}>{t('change')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {receipts.map((receipt) => (
                  <tr key={receipt.mailbox.id}>
                    <td>
                      <div className={classes.name}>{receipt.mailbox.name}</div>
                      <div className={classes.quiet}>{receipt.sender ?? t('noAccount')}</div>
                    </td>
                    <td className={classes.nowrap}>
                      <ReceiptState receipt={receipt} />
                    </td>
                    <td className={classes.nowrap}>{receipt.enabled ? t(`when.${receipt.hours}`) : null}</td>
                    <td className={classes.number}>{t('count', { count: receipt.sentToday })}</td>
                    <td className={classes.number}>
                      <Button
                        size="sm"
                        variant="default"
                        component={Link}
                        href={`/${slug}/settings/auto-receipts/${receipt.mailbox.id}`}
                        aria-label={t(edit ? 'changeOf' : 'lookAt', { name: receipt.mailbox.name })}
                      >
                        {t(edit ? 'change' : 'look')}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </section>
      )}
    </InZone>
  );
}
