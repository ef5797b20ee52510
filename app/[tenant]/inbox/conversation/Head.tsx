import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconLayoutSidebarRight, IconUser } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { RefObject } from 'react';
import type { ConversationShape } from '#lib/conversations/shapes.ts';
import type { Steps } from '../list/useListSteps.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './Head.module.css';
import { MoreMenu } from './MoreMenu.tsx';
import { Properties } from './Properties.tsx';
import type { Case } from './useCase.ts';

type Props = {
  conversation: ConversationShape;
  actions: Case;
  steps: RefObject<Steps | null>;
  panel: boolean;
  onPanel: () => void;
  onHold: () => void;
};

/** Subject, neighbours, the panel's switch, and the line of properties. On a phone a curtain of its own with the way back. */
export function Head({ conversation, actions, steps, panel, onPanel, onHold }: Props) {
  const t = useTranslations('conversation');
  const { go } = useInbox();
  return (
    <>
      <div className={classes.phone}>
        <ActionIcon aria-label={t('toList')} onClick={() => go({ conversation: null }, 'replace')}>
          <IconChevronLeft size={20} stroke={1.75} />
        </ActionIcon>
        <span>{t('number', { number: conversation.number })}</span>
        <span className={classes.grow} />
        <ActionIcon aria-label={t('panelShow')} onClick={onPanel}>
          <IconUser size={20} stroke={1.75} />
        </ActionIcon>
        <MoreMenu conversation={conversation} actions={actions} onHold={onHold} />
      </div>
      <header className={classes.head}>
        <div className={classes.line}>
          <h2 className={classes.title}>{conversation.title || conversation.subject || t('noSubject')}</h2>
          <ActionIcon
            className={classes.desk}
            aria-label={t('previous')}
            title={t('previous')}
            onClick={() => steps.current?.step(-1)}
          >
            <IconChevronLeft size={16} stroke={1.75} />
          </ActionIcon>
          <ActionIcon
            className={classes.desk}
            aria-label={t('next')}
            title={t('next')}
            onClick={() => steps.current?.step(1)}
          >
            <IconChevronRight size={16} stroke={1.75} />
          </ActionIcon>
          <ActionIcon
            className={classes.desk}
            data-on={panel || undefined}
            aria-pressed={panel}
            aria-label={panel ? t('panelHide') : t('panelShow')}
            title={panel ? t('panelHide') : t('panelShow')}
            onClick={onPanel}
          >
            <IconLayoutSidebarRight size={16} stroke={1.75} />
          </ActionIcon>
        </div>
        <Properties conversation={conversation} actions={actions} onHold={onHold} />
      </header>
    </>
  );
}
