import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type RefObject, useState } from 'react';
import { Banner } from '#components/ui/Banner.tsx';
import type { ConversationShape, Problem } from '#lib/conversations/shapes.ts';
import { keys } from '../queries/keys.ts';
import { useInbox } from '../state/InboxContext.tsx';

type Props = {
  conversation: ConversationShape;
  /** The refusal of a send; null when the new content was noticed before anybody pressed send. */
  stopped: Problem | null;
  thread: RefObject<HTMLDivElement | null>;
  onSeen: (contentSeq: number) => void;
  onSend: (contentSeq: number) => void;
};

/**
 * Something was added while somebody wrote. Only after they have looked is it theirs to say that the answer still fits:
 * first the thread shows it, then the two ways on appear.
 */
export function StoppedBanner({ conversation, stopped, thread, onSeen, onSend }: Props) {
  const t = useTranslations('compose');
  const client = useQueryClient();
  const { slug } = useInbox();
  const [looked, setLooked] = useState<number | null>(null);
  const current = looked !== null && looked >= conversation.contentSeq;

  const look = async () => {
    const key = keys.conversation(slug, conversation.id);
    await client.refetchQueries({ queryKey: key });
    const fresh = client.getQueryData<ConversationShape>(key);
    setLooked(fresh?.contentSeq ?? conversation.contentSeq);
    requestAnimationFrame(() => {
      const box = thread.current;
      box?.scrollTo({ top: box.scrollHeight, behavior: 'smooth' });
      box?.focus({ preventScroll: true });
    });
  };
  const text = stopped
    ? t('stoppedText', { who: stopped.params.who ?? '', count: Number(stopped.params.count ?? 1) })
    : t('addedText');
  return (
    <Banner
      tone="soon"
      role="alert"
      icon={<IconAlertTriangle size={16} stroke={1.75} />}
      title={stopped ? t('stoppedTitle') : t('addedTitle')}
      actions={
        current ? (
          <>
            <Button size="sm" variant="default" onClick={() => onSeen(looked)}>
              {t('backToDraft')}
            </Button>
            {stopped ? (
              <Button size="sm" variant="default" onClick={() => onSend(looked)}>
                {t('sendAsIs')}
              </Button>
            ) : null}
          </>
        ) : (
          <Button size="sm" variant="default" onClick={() => void look()}>
            {t('lookAtIt')}
          </Button>
        )
      }
    >
      {current ? t('lookedText') : text}
    </Banner>
  );
}
