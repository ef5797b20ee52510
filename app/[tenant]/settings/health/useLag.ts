import { useTranslations } from 'next-intl';

/** A delay in words: seconds up to two minutes, then minutes, hours. */
export function useLag(): (seconds: number | null) => string {
  const t = useTranslations('settings.health');
  const time = useTranslations('common.time');
  return (seconds) => {
    if (seconds === null) return t('table.none');
    if (seconds < 120) return t('seconds', { count: seconds });
    const minutes = Math.round(seconds / 60);
    return minutes < 120 ? time('minutes', { count: minutes }) : time('hours', { count: Math.round(minutes / 60) });
  };
}
