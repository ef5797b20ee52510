import { Button } from '@mantine/core';
import { IconLock, IconWifiOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect } from 'react';
import { useConnection } from '#components/net/connection.ts';
import { fetchJson } from '#components/net/fetchJson.ts';
import classes from '#components/shell/ConnectionBanner.module.css';
import { Banner } from '#components/ui/Banner.tsx';

const EVERY = 8_000;

/** The server isn't reached, or the session ended: says what is safe, keeps trying, and reads everything anew afterwards. */
export function ConnectionBanner({ slug }: { slug: string }) {
  const t = useTranslations('common.net');
  const client = useQueryClient();
  const { reached, session } = useConnection();
  const well = reached && session === 'live';

  const retry = useCallback(async () => {
    try {
      await fetchJson(`/api/t/${slug}/counts`);
      await client.invalidateQueries();
    } catch {
      // Still the same: the banner stays and says so.
    }
  }, [client, slug]);

  useEffect(() => {
    if (well) return;
    const timer = setInterval(retry, EVERY);
    // Somebody who signs in in another tab and comes back shouldn't wait.
    const back = () => document.visibilityState === 'visible' && retry();
    document.addEventListener('visibilitychange', back);
    window.addEventListener('online', back);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', back);
      window.removeEventListener('online', back);
    };
  }, [well, retry]);

  if (well) return null;
  const ended = session === 'ended';
  return (
    <div className={classes.strip}>
      <Banner
        tone={ended ? 'soon' : 'late'}
        role="alert"
        icon={ended ? <IconLock size={16} stroke={1.75} /> : <IconWifiOff size={16} stroke={1.75} />}
        title={ended ? t('endedTitle') : t('downTitle')}
        actions={
          ended ? (
            <Button size="sm" variant="default" component="a" href="/sign-in" target="_blank">
              {t('signInAgain')}
            </Button>
          ) : (
            <Button size="sm" variant="default" onClick={retry}>
              {t('tryNow')}
            </Button>
          )
        }
      >
        {ended ? t('endedText') : t('downText')}
      </Banner>
    </div>
  );
}
