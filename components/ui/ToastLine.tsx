import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import classes from '#components/ui/Toast.module.css';

type Props = { text: string; act?: string; onAct?: () => unknown; seconds?: number; onDone: () => void };

/** The words of a toast, what takes it back, and how long that is possible. */
export function ToastLine({ text, act, onAct, seconds, onDone }: Props) {
  const t = useTranslations('common.toast');
  const [left, setLeft] = useState(seconds ?? 0);
  useEffect(() => {
    if (!seconds) return;
    const end = Date.now() + seconds * 1000;
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000))), 250);
    return () => clearInterval(timer);
  }, [seconds]);
  return (
    <span className={classes.line}>
      <span>{text}</span>
      {act ? (
        <button
          type="button"
          className={classes.act}
          onClick={() => {
            onDone();
            onAct?.();
          }}
        >
          {act}
        </button>
      ) : null}
      {act && seconds ? (
        <span className={classes.left} aria-hidden="true">
          {t('left', { count: left })}
        </span>
      ) : null}
    </span>
  );
}
