import { useTranslations } from 'next-intl';
import classes from './Hours.module.css';

/** How far older mail has been taken in. */
export function ImportBar({ done, total }: { done: number; total: number }) {
  const t = useTranslations('settings.health');
  const share = total === 0 ? 100 : Math.min(100, Math.floor((done / total) * 100));
  return (
    <div>
      <span className={classes.words}>{t('import', { done, total })}</span>
      <div
        className={classes.track}
        role="progressbar"
        aria-label={t('importLabel')}
        aria-valuenow={done}
        aria-valuemin={0}
        aria-valuemax={total}
      >
        <div className={classes.done} style={{ width: `${share}%` }} />
      </div>
    </div>
  );
}
