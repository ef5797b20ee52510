import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Banner } from '#components/ui/Banner.tsx';
import type { DeliveryShape, Problem } from '#lib/conversations/shapes.ts';
import { useCancelDelivery } from '../queries/useCancelDelivery.ts';
import classes from './DeliveryState.module.css';
import { Refusals } from './Refusals.tsx';
import { ServerWords } from './ServerWords.tsx';

type Props = { delivery: DeliveryShape; onFail: (problem: Problem) => void; onReply: () => void };

/** The mail didn't get there. The server's words say why; its text goes back to the draft, to be sent to another address. */
export function FailedBox({ delivery, onFail, onReply }: Props) {
  const t = useTranslations('conversation.delivery');
  const cancel = useCancelDelivery();
  const [busy, setBusy] = useState(false);
  const refused = delivery.recipients.filter((recipient) => recipient.state === 'refused');
  const again = async () => {
    setBusy(true);
    const problem = await cancel(delivery.id);
    setBusy(false);
    if (problem) onFail(problem);
    else onReply();
  };
  return (
    <div className={classes.box}>
      <Banner
        tone="late"
        icon={<IconAlertTriangle size={16} stroke={1.75} />}
        title={t('failedTitle')}
        actions={
          delivery.mayResolve ? (
            <Button size="sm" variant="default" loading={busy} onClick={() => void again()}>
              {t('writeAgain')}
            </Button>
          ) : null
        }
      >
        {refused.length > 0 ? (
          <Refusals recipients={refused} />
        ) : (
          <>
            {t('failedText')}
            <ServerWords words={delivery.words} />
          </>
        )}
      </Banner>
    </div>
  );
}
