import { useTranslations } from 'next-intl';
import classes from './Hours.module.css';

/** Mails of each of the last 24 hours, oldest left; `late`: the present one stands still. */
export function Hours({ hours, late }: { hours: number[]; late: boolean }) {
  const t = useTranslations('settings.health');
  const most = Math.max(1, ...hours);
  const count = hours.reduce((sum, each) => sum + each, 0);
  const bars = hours.map((each, hour) => ({ key: `h${hour}`, height: `${Math.round((each / most) * 100)}%` }));
  return (
    <div className={classes.bars} role="img" aria-label={t('hoursLabel', { count })} data-late={late || undefined}>
      {bars.map(({ key, height }) => (
        <i key={key} style={{ height }} />
      ))}
    </div>
  );
}
