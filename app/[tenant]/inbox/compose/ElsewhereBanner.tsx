import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Banner } from '#components/ui/Banner.tsx';
import type { Problem } from '#lib/conversations/shapes.ts';

type Props = { stopped: Problem; onBack: () => void; onSend: () => void };

/** A send was stopped: the same mail was answered in another 窓口 meanwhile. Whether both go is the writer's to say. */
export function ElsewhereBanner({ stopped, onBack, onSend }: Props) {
  const t = useTranslations('compose');
  const { who = '', mailbox = '', number = 0 } = stopped.params;
  return (
    <Banner
      tone="soon"
      role="alert"
      icon={<IconAlertTriangle size={16} stroke={1.75} />}
      title={t('stoppedTitle')}
      actions={
        <>
          <Button size="sm" variant="default" onClick={onBack}>
            {t('backToDraft')}
          </Button>
          <Button size="sm" variant="default" onClick={onSend}>
            {t('sendAllTheSame')}
          </Button>
        </>
      }
    >
      {number ? t('answeredBy', { who, mailbox, number }) : t('answeredSomewhere')}
    </Banner>
  );
}
