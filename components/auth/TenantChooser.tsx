'use client';

import { Button } from '@mantine/core';
import { IconBuilding, IconChevronRight, IconLock } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Entrance } from '#components/auth/Entrance.tsx';
import classes from '#components/auth/TenantChooser.module.css';
import { EmptyState } from '#components/ui/EmptyState.tsx';

type Props = { tenants: { slug: string; name: string }[]; signOut: () => Promise<void> };

/** For a person in several companies, or in none yet: where to? */
export function TenantChooser({ tenants, signOut }: Props) {
  const t = useTranslations('auth');
  const leave = (
    <form action={signOut} className={classes.out}>
      <Button type="submit" variant="default">
        {t('signOut')}
      </Button>
    </form>
  );
  if (tenants.length === 0) {
    return (
      <Entrance title={t('choose')}>
        <EmptyState icon={<IconLock size={24} stroke={1.75} />} title={t('noneTitle')} actions={leave}>
          {t('noneText')}
        </EmptyState>
      </Entrance>
    );
  }
  return (
    <Entrance title={t('choose')} lead={t('chooseLead')}>
      <ul className={classes.list}>
        {tenants.map((tenant) => (
          <li key={tenant.slug}>
            <a className={classes.company} href={`/${tenant.slug}`}>
              <IconBuilding size={18} stroke={1.75} aria-hidden />
              {tenant.name}
              <IconChevronRight className={classes.go} size={16} stroke={1.75} aria-hidden />
            </a>
          </li>
        ))}
      </ul>
      {leave}
    </Entrance>
  );
}
