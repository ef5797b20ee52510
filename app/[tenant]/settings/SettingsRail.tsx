'use client';

import { IconActivity, IconForms, IconMail, IconMailForward } from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import classes from './layout.module.css';

/** What there is to set; `edit` is for administrators. */
export function SettingsRail({ slug, edit, rules }: { slug: string; edit: boolean; rules: boolean }) {
  const t = useTranslations('settings.rail');
  return (
    <nav className={classes.rail} aria-label={t('label')}>
      <h2 className={classes.group}>{t('mail')}</h2>
      {edit ? (
        <RailLink href={`/${slug}/settings/mailboxes`} icon={<IconMail size={16} stroke={1.75} aria-hidden />}>
          {t('mailboxes')}
        </RailLink>
      ) : null}
      <RailLink href={`/${slug}/settings/health`} icon={<IconActivity size={16} stroke={1.75} aria-hidden />}>
        {t('health')}
      </RailLink>
      {rules ? (
        <>
          <RailLink href={`/${slug}/settings/forms`} icon={<IconForms size={16} stroke={1.75} aria-hidden />}>
            {t('forms')}
          </RailLink>
          <RailLink
            href={`/${slug}/settings/auto-receipts`}
            icon={<IconMailForward size={16} stroke={1.75} aria-hidden />}
          >
            {t('autoReceipts')}
          </RailLink>
        </>
      ) : null}
    </nav>
  );
}

function RailLink({ href, icon, children }: { href: string; icon: ReactNode; children: ReactNode }) {
  const path = usePathname();
  const here = path === href || path.startsWith(`${href}/`);
  return (
    <Link className={classes.link} href={href} aria-current={here ? 'page' : undefined}>
      {icon}
      {children}
    </Link>
  );
}
