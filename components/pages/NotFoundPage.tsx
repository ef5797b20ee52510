'use client';

import { Button } from '@mantine/core';
import { IconMapPinOff } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import classes from '#components/pages/Page.module.css';
import { EmptyState } from '#components/ui/EmptyState.tsx';

/** 404. Also what a page of a foreign company, or one without the right to it, looks like: nobody learns that it exists. */
export function NotFoundPage({ home = '/', alone = false }: { home?: string; alone?: boolean }) {
  const t = useTranslations('common.page');
  const Root = alone ? 'main' : 'div';
  return (
    <Root className={`${classes.page} ${alone ? classes.alone : ''}`}>
      <EmptyState
        heading="h1"
        icon={<IconMapPinOff size={24} stroke={1.75} />}
        title={t('notFoundTitle')}
        actions={
          <Button variant="default" component="a" href={home}>
            {t('home')}
          </Button>
        }
      >
        {t('notFoundText')}
      </EmptyState>
    </Root>
  );
}
