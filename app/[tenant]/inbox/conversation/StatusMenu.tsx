import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { glyphKind, StatusGlyph } from '#components/ui/StatusGlyph.tsx';
import type { ConversationShape } from '#lib/conversations/shapes.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './Properties.module.css';
import type { Case } from './useCase.ts';

type Props = { conversation: ConversationShape; actions: Case; onHold: () => void };

/** The status in a shape and a word; for those who work here a menu of the ways out of it. */
export function StatusMenu({ conversation, actions, onHold }: Props) {
  const t = useTranslations('conversation');
  const word = useTranslations('common.status');
  const { may } = useInbox();
  const { status, doneKind } = conversation;
  const kind = glyphKind(status, doneKind);
  const text = status === 'done' && doneKind === 'auto' ? word('auto') : word(kind);
  const face = (
    <>
      <StatusGlyph kind={kind} size={14} />
      {text}
    </>
  );
  if (!may('conversation.work')) return <span className={`${classes.item} ${classes[kind]}`}>{face}</span>;
  const ended = status === 'done';
  return (
    <Menu>
      <Menu.Target>
        <button
          type="button"
          className={`${classes.item} ${classes[kind]}`}
          aria-label={t('statusNow', { status: text })}
        >
          {face}
          <IconChevronDown className={classes.down} size={12} stroke={1.75} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {status !== 'doing' ? (
          <Menu.Item leftSection={<StatusGlyph kind="doing" />} onClick={() => void actions.resume()}>
            {ended ? t('do.reopen') : t('do.resume')}
          </Menu.Item>
        ) : null}
        {ended ? null : (
          <>
            <Menu.Item leftSection={<StatusGlyph kind="hold" />} onClick={onHold}>
              {status === 'hold' ? t('do.holdAgain') : t('do.hold')}
            </Menu.Item>
            <Menu.Item leftSection={<StatusGlyph kind="done" />} onClick={() => void actions.end(false)}>
              {t('do.end')}
            </Menu.Item>
            <Menu.Item leftSection={<StatusGlyph kind="none" />} onClick={() => void actions.end(true)}>
              {t('do.none')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
