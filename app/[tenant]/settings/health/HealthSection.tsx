'use client';

import { useTranslations } from 'next-intl';
import type { BoardAccount } from '#lib/accounts/board.ts';
import sheet from '../parts/Sheet.module.css';
import { HealthTable } from './HealthTable.tsx';

/** 受信の健康状態 of every account one may see. `edit`: with the way to correct what is wrong. */
export function HealthSection({ slug, board, edit }: { slug: string; board: BoardAccount[]; edit: boolean }) {
  const t = useTranslations('settings.health');
  return (
    <section className={sheet.section}>
      <h2 className={sheet.subtitle}>
        {t('title')}
        <span className={sheet.lead}>{t('lead')}</span>
      </h2>
      <HealthTable slug={slug} board={board} edit={edit} />
    </section>
  );
}
