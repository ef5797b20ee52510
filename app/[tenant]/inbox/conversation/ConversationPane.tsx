import { Button } from '@mantine/core';
import { IconAlertTriangle, IconInbox, IconLock } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { RefObject } from 'react';
import { problemOf, Refused } from '#components/net/problem.ts';
import { Banner } from '#components/ui/Banner.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { useLater } from '#components/ui/useLater.ts';
import { useProblemText } from '#components/ui/useProblemText.ts';
import type { Steps } from '../list/useListSteps.ts';
import { useConversation } from '../queries/useConversation.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './Conversation.module.css';
import { ConversationSkeleton } from './ConversationSkeleton.tsx';
import { OpenConversation } from './OpenConversation.tsx';
import type { Deeds } from './useDeeds.ts';

type Props = {
  id: string | null;
  steps: RefObject<Steps | null>;
  deeds: RefObject<Deeds | null>;
  panel: boolean;
  onPanel: () => void;
};

/** The middle: one conversation, or why there is none. */
export function ConversationPane({ id, ...rest }: Props) {
  const t = useTranslations('conversation');
  if (!id) {
    return (
      <section className={classes.pane} aria-label={t('label')} data-pane="conversation" tabIndex={-1}>
        <EmptyState icon={<IconInbox size={24} stroke={1.75} />} title={t('chooseTitle')}>
          {t('chooseText')}
        </EmptyState>
      </section>
    );
  }
  return <Chosen key={id} id={id} {...rest} />;
}

function Chosen({ id, ...rest }: Props & { id: string }) {
  const t = useTranslations('conversation');
  const { slug } = useInbox();
  const query = useConversation(slug, id);
  const slow = useLater(query.isPending && !query.error);
  if (query.data) return <OpenConversation conversation={query.data} {...rest} />;
  return (
    <section
      className={classes.pane}
      aria-label={t('label')}
      aria-busy={query.isPending}
      data-pane="conversation"
      tabIndex={-1}
    >
      {query.error ? <Refusal error={query.error} retry={() => void query.refetch()} /> : null}
      {slow ? <ConversationSkeleton /> : null}
    </section>
  );
}

function Refusal({ error, retry }: { error: Error; retry: () => void }) {
  const t = useTranslations('conversation');
  const say = useProblemText();
  const { go } = useInbox();
  const gone = error instanceof Refused && [403, 404, 422].includes(error.status);
  if (gone) {
    return (
      <EmptyState
        role="alert"
        icon={<IconLock size={24} stroke={1.75} />}
        title={t('goneTitle')}
        actions={
          <Button variant="default" onClick={() => go({ conversation: null }, 'replace')}>
            {t('toList')}
          </Button>
        }
      >
        {t('goneText')}
      </EmptyState>
    );
  }
  return (
    <div className={classes.strip}>
      <Banner
        tone="late"
        role="alert"
        icon={<IconAlertTriangle size={16} stroke={1.75} />}
        title={t('errorTitle')}
        actions={
          <Button size="sm" variant="default" onClick={retry}>
            {t('again')}
          </Button>
        }
      >
        {say(problemOf(error))}
      </Banner>
    </div>
  );
}
