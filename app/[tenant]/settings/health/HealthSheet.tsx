'use client';

import { Button } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import type { AlarmSettings } from '#lib/accounts/alarm-settings.ts';
import type { BoardAccount } from '#lib/accounts/board.ts';
import sheet from '../parts/Sheet.module.css';
import { SheetHead } from '../parts/SheetHead.tsx';
import { useFresh } from '../parts/useFresh.ts';
import { AlarmForm } from './AlarmForm.tsx';
import { HealthTable } from './HealthTable.tsx';

/** `alarm` null: this member only looks. */
export function HealthSheet({
  slug,
  board,
  alarm,
}: {
  slug: string;
  board: BoardAccount[];
  alarm: AlarmSettings | null;
}) {
  const t = useTranslations('settings.health');
  useFresh(20);
  return (
    <>
      <SheetHead title={t('title')} mark={<span className={sheet.note}>{t('lead')}</span>} />
      {board.length === 0 ? (
        <EmptyState
          icon={<IconMailOff size={24} stroke={1.75} />}
          title={t('emptyTitle')}
          actions={
            alarm ? (
              <Button component={Link} href={`/${slug}/settings/mailboxes`}>
                {t('toMailboxes')}
              </Button>
            ) : null
          }
        >
          {alarm ? t('emptyText') : t('emptyAsk')}
        </EmptyState>
      ) : (
        <section className={sheet.section}>
          <HealthTable slug={slug} board={board} edit={alarm !== null} />
        </section>
      )}
      {alarm && board.length > 0 ? <AlarmForm slug={slug} alarm={alarm} /> : null}
    </>
  );
}
