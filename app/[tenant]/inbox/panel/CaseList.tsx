import { VisuallyHidden } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import { glyphKind, StatusGlyph } from '#components/ui/StatusGlyph.tsx';
import type { CustomerPanel } from '#lib/conversations/shapes.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './Panel.module.css';

type Props = { title: string; cases: CustomerPanel['conversations']; here: string; onGo?: () => void };

/** 対応履歴: opens in place, the list and the view stay. */
export function CaseList({ title, cases, here, onGo }: Props) {
  const t = useTranslations('conversation.panel');
  const word = useTranslations('common.status');
  const when = useWhen();
  const { go } = useInbox();
  return (
    <section className={classes.section}>
      <h3 className={classes.title}>
        {title} <span className={classes.count}>{cases.length}</span>
      </h3>
      {cases.map((one) => {
        const kind = glyphKind(one.status, one.doneKind);
        return (
          <button
            key={one.id}
            type="button"
            className={classes.case}
            aria-current={one.id === here || undefined}
            title={`#${one.number} ${one.subject}`}
            onClick={() => {
              if (one.id !== here) go({ conversation: one.id });
              onGo?.();
            }}
          >
            <StatusGlyph kind={kind} size={14} />
            <span className={classes.subject}>
              <VisuallyHidden>{word(kind)} </VisuallyHidden>
              {one.subject || t('noSubject')}
            </span>
            <time className={classes.time} dateTime={one.lastMessageAt}>
              {when.short(one.lastMessageAt)}
            </time>
          </button>
        );
      })}
    </section>
  );
}
