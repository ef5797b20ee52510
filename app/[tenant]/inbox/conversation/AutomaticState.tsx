import { IconAlertTriangle, IconCheck, IconSend } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import type { DeliveryShape } from '#lib/conversations/shapes.ts';
import classes from './DeliveryState.module.css';

/** Where an automatic receipt stands, in one line: there is nothing to decide, whatever became of it. */
export function AutomaticState({ delivery }: { delivery: DeliveryShape }) {
  const t = useTranslations('conversation.automatic');
  const when = useWhen();
  const refused = delivery.recipients.some(({ state }) => state === 'refused');
  if (delivery.state === 'sent' && !refused) {
    return (
      <p className={`${classes.line} ${classes.quiet} ${classes.ok}`}>
        <IconCheck size={13} stroke={2} aria-hidden />
        {delivery.acceptedAt ? t('sent', { at: when.brief(delivery.acceptedAt) }) : t('sentPlain')}
      </p>
    );
  }
  const waits = ['queued', 'sending', 'retry'].includes(delivery.state);
  const Icon = waits ? IconSend : IconAlertTriangle;
  const said = delivery.words ?? delivery.recipients.find(({ state }) => state === 'refused')?.words;
  return (
    <p className={`${classes.line} ${classes.quiet}`}>
      <Icon size={13} stroke={1.75} aria-hidden />
      {t(refused ? 'failed' : delivery.state)}
      {said && !waits ? <span className={classes.said}>{said}</span> : null}
    </p>
  );
}
