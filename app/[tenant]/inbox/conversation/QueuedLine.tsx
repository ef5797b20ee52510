import { IconSend } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { DeliveryShape, Problem } from '#lib/conversations/shapes.ts';
import { useCancelDelivery } from '../queries/useCancelDelivery.ts';
import classes from './DeliveryState.module.css';

const secondsUntil = (iso: string) => Math.max(0, Math.ceil((Date.parse(iso) - Date.now()) / 1000));

type Props = { delivery: DeliveryShape; onFail: (problem: Problem) => void; onReply: () => void };

/** Not gone yet: counts down, and can still be stopped. */
export function QueuedLine({ delivery, onFail, onReply }: Props) {
  const t = useTranslations('conversation.delivery');
  const cancel = useCancelDelivery();
  const [left, setLeft] = useState(() => secondsUntil(delivery.sendAfter));
  useEffect(() => {
    const timer = setInterval(() => setLeft(secondsUntil(delivery.sendAfter)), 500);
    return () => clearInterval(timer);
  }, [delivery.sendAfter]);
  return (
    <p className={classes.line}>
      <IconSend size={13} stroke={1.75} aria-hidden />
      {left > 0 ? t('queued', { count: left }) : t('queuedNow')}
      {delivery.mayResolve ? (
        <button
          type="button"
          className={classes.act}
          onClick={async () => {
            const problem = await cancel(delivery.id);
            if (problem) onFail(problem);
            else onReply();
          }}
        >
          {t('cancel')}
        </button>
      ) : null}
    </p>
  );
}
