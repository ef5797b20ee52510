import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { ConversationShape } from '#lib/conversations/shapes.ts';
import classes from './CommentBox.module.css';
import { useComment } from './useComment.ts';
import { Wrong } from './Wrong.tsx';

/** A note for the team, on the note's own ground: nobody writes it by mistake for a mail. */
export function CommentBox({ conversation, onClose }: { conversation: ConversationShape; onClose: () => void }) {
  const t = useTranslations('compose.comment');
  const field = useRef<HTMLTextAreaElement>(null);
  const { text, write, save, busy, wrong } = useComment(conversation, onClose);
  useEffect(() => field.current?.focus(), []);
  return (
    <section
      className={classes.box}
      aria-label={t('label')}
      data-pane="composer"
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void save();
        } else if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          onClose();
        }
      }}
    >
      <div className={classes.head}>
        <IconLock size={12} stroke={2} aria-hidden />
        <strong>{t('title')}</strong>
        {t('hint')}
      </div>
      <textarea
        ref={field}
        className={classes.text}
        aria-label={t('label')}
        value={text}
        maxLength={200_000}
        onChange={(event) => write(event.currentTarget.value)}
      />
      <Wrong text={wrong} />
      <div className={classes.line}>
        <Button loading={busy} onClick={() => void save()}>
          {t('save')}
          <kbd style={{ marginLeft: 6, borderColor: '#ffffff66', color: '#fff' }}>{t('saveKey')}</kbd>
        </Button>
        <span className={classes.grow} />
        <Button variant="default" onClick={onClose}>
          {t('close')}
          <kbd style={{ marginLeft: 6 }}>{t('closeKey')}</kbd>
        </Button>
      </div>
    </section>
  );
}
