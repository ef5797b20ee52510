import { IconLock } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import type { CommentItem } from '#lib/conversations/shapes.ts';
import { Linked } from './Linked.tsx';
import classes from './Note.module.css';

/** A comment for the team. Nobody can mistake it for a mail. */
export function Note({ item }: { item: CommentItem }) {
  const t = useTranslations('conversation');
  const when = useWhen();
  return (
    <article className={classes.note} aria-label={t('commentBy', { name: item.author.name })}>
      <div className={classes.head}>
        <IconLock size={12} stroke={2} aria-hidden />
        <strong>{t('comment')}</strong>
        {item.author.name}
        <time className={classes.time} dateTime={item.occurredAt}>
          {when.brief(item.occurredAt)}
        </time>
      </div>
      <div className={classes.text}>
        <Linked text={item.text} />
      </div>
    </article>
  );
}
