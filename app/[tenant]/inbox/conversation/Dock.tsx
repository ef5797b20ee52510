import { Button, Menu } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconChevronUp, IconMessage, IconUserCheck } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { StatusGlyph } from '#components/ui/StatusGlyph.tsx';
import type { ConversationShape } from '#lib/conversations/shapes.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './Dock.module.css';
import type { Case } from './useCase.ts';

type Props = {
  conversation: ConversationShape;
  actions: Case;
  onReply: () => void;
  onComment: () => void;
  onHold: () => void;
};

/** What can be done next, where reading ends. Nothing that this role may not do is drawn. */
export function Dock({ conversation, actions, onReply, onComment, onHold }: Props) {
  const t = useTranslations('conversation');
  const { may } = useInbox();
  const work = may('conversation.work');
  if (!work && !may('conversation.comment')) return null;
  const { status, draft, assignee } = conversation;
  const ended = status === 'done';
  return (
    <footer className={classes.dock} data-full={(work && (!assignee || conversation.thanks)) || undefined}>
      {may('conversation.reply') ? (
        <Button className={classes.primary} leftSection={<IconArrowBackUp size={16} stroke={1.75} />} onClick={onReply}>
          {draft ? t('do.continue') : t('do.reply')}
          <kbd className={classes.key}>R</kbd>
        </Button>
      ) : null}
      {may('conversation.comment') ? (
        <Button
          variant="default"
          className={classes.narrow}
          leftSection={<IconMessage size={16} stroke={1.75} />}
          onClick={onComment}
          aria-label={t('do.comment')}
        >
          <span className={classes.word}>{t('do.comment')}</span>
          <kbd className={classes.key}>N</kbd>
        </Button>
      ) : null}
      {work && !assignee ? (
        <Button
          variant="default"
          className={classes.desk}
          leftSection={<IconUserCheck size={16} stroke={1.75} />}
          onClick={() => void actions.claim()}
        >
          {t('do.claim')}
          <kbd className={classes.key}>I</kbd>
        </Button>
      ) : null}
      <span className={classes.grow} />
      {work && !ended && !conversation.thanks ? (
        <>
          <Button variant="subtle" className={classes.desk} onClick={onHold}>
            {t('do.holdShort')}
            <kbd className={classes.key}>H</kbd>
          </Button>
          <EndButton actions={actions} />
        </>
      ) : null}
      {work && conversation.thanks ? <ThanksButtons actions={actions} /> : null}
      {work && ended && !conversation.thanks ? (
        <Button variant="default" onClick={() => void actions.resume()}>
          {t('do.reopen')}
        </Button>
      ) : null}
    </footer>
  );
}

/** お礼（未確認）: only thanks, or work after all. */
function ThanksButtons({ actions }: { actions: Case }) {
  const t = useTranslations('conversation');
  return (
    <>
      <Button variant="default" className={classes.desk} onClick={() => void actions.takeUpThanks()}>
        {t('do.takeUpThanks')}
        <kbd className={classes.key}>T</kbd>
      </Button>
      <Button
        variant="default"
        leftSection={<IconCheck size={16} stroke={1.75} />}
        onClick={() => void actions.confirmThanks()}
      >
        {t('do.confirmThanks')}
        <kbd className={classes.key}>Y</kbd>
      </Button>
    </>
  );
}

function EndButton({ actions }: { actions: Case }) {
  const t = useTranslations('conversation');
  return (
    <span className={classes.split}>
      <Button
        variant="default"
        leftSection={<IconCheck size={16} stroke={1.75} />}
        onClick={() => void actions.end(false)}
      >
        {t('do.endShort')}
        <kbd className={classes.key}>E</kbd>
      </Button>
      <Menu position="top-end">
        <Menu.Target>
          <Button variant="default" className={`${classes.chevron} ${classes.desk}`} aria-label={t('do.endMore')}>
            <IconChevronUp size={14} stroke={1.75} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<StatusGlyph kind="done" />} onClick={() => void actions.end(false)}>
            {t('do.end')}
          </Menu.Item>
          <Menu.Item leftSection={<StatusGlyph kind="none" />} onClick={() => void actions.end(true)}>
            {t('do.none')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
