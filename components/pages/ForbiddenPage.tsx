'use client';

import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import classes from '#components/pages/Page.module.css';
import { EmptyState } from '#components/ui/EmptyState.tsx';

/** 403: the page exists and this role may not use it. Says that nothing changed and whom to ask. */
export function ForbiddenPage({ home = '/' }: { home?: string }) {
  const t = useTranslations('common.page');
  return (
    <div className={classes.page}>
      <EmptyState
        heading="h1"
        icon={<IconLock size={24} stroke={1.75} />}
        title={t('forbiddenTitle')}
        actions={
          <Button variant="default" component="a" href={home}>
            {t('home')}
          </Button>
        }
      >
        {t('forbiddenText')}
      </EmptyState>
    </div>
  );
}
