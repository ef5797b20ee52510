import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { ConversationShape } from '#lib/conversations/shapes.ts';
import { useInbox } from '../state/InboxContext.tsx';
import type { Case } from './useCase.ts';

type Props = { conversation: ConversationShape; actions: Case; onHold: () => void };

/** On a phone the deeds that don't fit under the thumb. */
export function MoreMenu({ conversation, actions, onHold }: Props) {
  const t = useTranslations('conversation');
  const { may } = useInbox();
  if (!may('conversation.work')) return null;
  const ended = conversation.status === 'done';
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('more')}>
          <IconDots size={20} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {conversation.assignee ? null : <Menu.Item onClick={() => void actions.claim()}>{t('do.claim')}</Menu.Item>}
        {ended ? (
          <Menu.Item onClick={() => void actions.resume()}>{t('do.reopen')}</Menu.Item>
        ) : (
          <>
            {conversation.status === 'hold' ? (
              <Menu.Item onClick={() => void actions.resume()}>{t('do.resume')}</Menu.Item>
            ) : null}
            <Menu.Item onClick={onHold}>{t('do.hold')}</Menu.Item>
            <Menu.Item onClick={() => void actions.end(true)}>{t('do.none')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
