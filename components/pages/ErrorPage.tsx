'use client';

import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import classes from '#components/pages/Page.module.css';
import { EmptyState } from '#components/ui/EmptyState.tsx';

type Props = {
  /** The number under which the log has the rest. */ id?: string;
  retry?: () => void;
  home?: string;
  alone?: boolean;
};

/** 500: what is safe, what to do, and the inquiry number. */
export function ErrorPage({ id, retry, home = '/', alone = false }: Props) {
  const t = useTranslations('common.page');
  const Root = alone ? 'main' : 'div';
  return (
    <Root className={`${classes.page} ${alone ? classes.alone : ''}`}>
      <EmptyState
        heading="h1"
        role="alert"
        icon={<IconAlertTriangle size={24} stroke={1.75} />}
        title={t('errorTitle')}
        small={id ? t('errorId', { id }) : undefined}
        actions={
          <>
            {retry ? <Button onClick={retry}>{t('again')}</Button> : null}
            <Button variant="default" component="a" href={home}>
              {t('home')}
            </Button>
          </>
        }
      >
        {t('errorText')}
      </EmptyState>
    </Root>
  );
}
