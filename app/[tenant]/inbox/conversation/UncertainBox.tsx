import { Button, Group, Text } from '@mantine/core';
import { IconClockQuestion } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { settle } from '#components/net/settle.ts';
import { Banner } from '#components/ui/Banner.tsx';
import { Dialog } from '#components/ui/Dialog.tsx';
import type { DeliveryShape, Problem } from '#lib/conversations/shapes.ts';
import * as actions from '../actions.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './DeliveryState.module.css';
import { ServerWords } from './ServerWords.tsx';

type Answer = 'arrived' | 'resend';

/**
 * The line broke after the mail was handed over: it may have arrived. Nothing is sent again by itself (architecture.md 5);
 * a person answers, and is asked once more, because a second mail can't be called back.
 */
export function UncertainBox({ delivery, onFail }: { delivery: DeliveryShape; onFail: (problem: Problem) => void }) {
  const t = useTranslations('conversation.delivery');
  const client = useQueryClient();
  const { slug } = useInbox();
  const [asked, setAsked] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(false);

  const answer = async (given: Answer) => {
    setBusy(true);
    const result = await settle(actions.resolveUncertain(slug, delivery.id, { answer: given }));
    setBusy(false);
    setAsked(null);
    if (!result.ok) onFail(result.error);
    void client.invalidateQueries({ queryKey: [slug] });
  };
  return (
    <div className={classes.box}>
      <Banner
        tone="soon"
        icon={<IconClockQuestion size={16} stroke={1.75} />}
        title={t('uncertainTitle')}
        actions={
          delivery.mayResolve ? (
            <>
              <Button size="sm" variant="default" onClick={() => setAsked('arrived')}>
                {t('arrived')}
              </Button>
              <Button size="sm" variant="default" onClick={() => setAsked('resend')}>
                {t('again')}
              </Button>
            </>
          ) : null
        }
      >
        {t('uncertainText')}
        <ServerWords words={delivery.words} recipients={delivery.recipients.filter((r) => r.words !== null)} />
      </Banner>
      <Dialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={asked === 'resend' ? t('againTitle') : t('arrivedTitle')}
      >
        <Text size="md">{asked === 'resend' ? t('againText') : t('arrivedText')}</Text>
        <Group mt="lg" justify="flex-end">
          <Button variant="default" data-autofocus onClick={() => setAsked(null)}>
            {t('backToIt')}
          </Button>
          <Button loading={busy} onClick={() => asked && void answer(asked)}>
            {asked === 'resend' ? t('again') : t('arrived')}
          </Button>
        </Group>
      </Dialog>
    </div>
  );
}
