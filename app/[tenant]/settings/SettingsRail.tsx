'use client';

import { IconMail } from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import classes from './layout.module.css';

export function SettingsRail({ slug }: { slug: string }) {
  const t = useTranslations('settings.rail');
  const accounts = `/${slug}/settings/accounts`;
  return (
    <nav className={classes.rail} aria-label={t('label')}>
      <h2 className={classes.group}>{t('mail')}</h2>
      <Link className={classes.link} href={accounts} aria-current={usePathname() === accounts ? 'page' : undefined}>
        <IconMail size={16} stroke={1.75} aria-hidden />
        {t('accounts')}
      </Link>
    </nav>
  );
}
