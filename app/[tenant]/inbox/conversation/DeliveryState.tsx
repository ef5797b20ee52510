import { IconAlertTriangle, IconCheck, IconRefresh, IconSend, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import { Banner } from '#components/ui/Banner.tsx';
import type { DeliveryShape, Problem } from '#lib/conversations/shapes.ts';
import classes from './DeliveryState.module.css';
import { FailedBox } from './FailedBox.tsx';
import { QueuedLine } from './QueuedLine.tsx';
import { Refusals } from './Refusals.tsx';
import { ServerWords } from './ServerWords.tsx';
import { UncertainBox } from './UncertainBox.tsx';

type Props = { delivery: DeliveryShape; quiet: boolean; onFail: (problem: Problem) => void; onReply: () => void };

/** Where an answer stands: on its way, arrived at the server, tried again, failed, or not known. */
export function DeliveryState({ delivery, quiet, onFail, onReply }: Props) {
  const t = useTranslations('conversation.delivery');
  const when = useWhen();
  const refused = delivery.recipients.filter((recipient) => recipient.state === 'refused');
  switch (delivery.state) {
    case 'queued':
      return <QueuedLine delivery={delivery} onFail={onFail} onReply={onReply} />;
    case 'sending':
      return (
        <p className={classes.line} role="status">
          <IconSend size={13} stroke={1.75} aria-hidden />
          {t('sending')}
        </p>
      );
    case 'retry':
      return (
        <>
          <div className={classes.box}>
            <Banner tone="soon" icon={<IconRefresh size={16} stroke={1.75} />} title={t('retryTitle')}>
              {delivery.words?.startsWith('own:')
                ? null
                : delivery.nextAttemptAt
                  ? t('retryText', { at: when.brief(delivery.nextAttemptAt) })
                  : t('retrySoon')}
              <ServerWords words={delivery.words} />
            </Banner>
          </div>
          <PartRefused recipients={refused} />
        </>
      );
    case 'failed':
      return <FailedBox delivery={delivery} onFail={onFail} onReply={onReply} />;
    case 'uncertain':
      return <UncertainBox delivery={delivery} onFail={onFail} />;
    case 'cancelled':
      return (
        <p className={classes.line}>
          <IconX size={13} stroke={1.75} aria-hidden />
          {t('cancelled')}
        </p>
      );
    default:
      return (
        <>
          {quiet && refused.length === 0 ? null : (
            <p className={`${classes.line} ${classes.ok}`}>
              <IconCheck size={13} stroke={2} aria-hidden />
              {delivery.acceptedAt ? t('sent', { at: when.brief(delivery.acceptedAt) }) : t('sentPlain')}
              {delivery.filed === 'failed' ? <span className={classes.late}>{t('notFiled')}</span> : null}
            </p>
          )}
          <PartRefused recipients={refused} />
        </>
      );
  }
}

/** Those whom the mail won't reach, whatever becomes of the others. */
function PartRefused({ recipients }: { recipients: DeliveryShape['recipients'] }) {
  const t = useTranslations('conversation.delivery');
  if (recipients.length === 0) return null;
  return (
    <div className={classes.box}>
      <Banner
        tone="late"
        icon={<IconAlertTriangle size={16} stroke={1.75} />}
        title={t('partTitle', { count: recipients.length })}
      >
        <Refusals recipients={recipients} />
      </Banner>
    </div>
  );
}
