import { IconAlertTriangle, IconClock, IconClockQuestion, IconMail } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import type { ConversationShape } from '#lib/conversations/shapes.ts';
import { AssigneeMenu } from './AssigneeMenu.tsx';
import classes from './Properties.module.css';
import { StatusMenu } from './StatusMenu.tsx';
import type { Case } from './useCase.ts';

type Props = { conversation: ConversationShape; actions: Case; onHold: () => void };

/** Number, status, assignee, how long the customer waits: quiet words, and buttons where something can be changed. */
export function Properties({ conversation, actions, onHold }: Props) {
  const t = useTranslations('conversation');
  const when = useWhen();
  const { status, waitingSince, holdUntil, holdFor, warning } = conversation;
  return (
    <div className={classes.line}>
      <span className={`${classes.item} ${classes.quiet} ${classes.desk}`}>
        {t('number', { number: conversation.number })}
      </span>
      <StatusMenu conversation={conversation} actions={actions} onHold={onHold} />
      <AssigneeMenu conversation={conversation} actions={actions} />
      {warning === 'failed' ? (
        <span className={`${classes.item} ${classes.late}`}>
          <IconAlertTriangle size={14} stroke={2} aria-hidden />
          {t('warning.failed')}
        </span>
      ) : null}
      {warning === 'uncertain' ? (
        <span className={`${classes.item} ${classes.soon}`}>
          <IconClockQuestion size={14} stroke={2} aria-hidden />
          {t('warning.uncertain')}
        </span>
      ) : null}
      {status === 'hold' ? (
        <span className={classes.item}>
          <span className={classes.quiet}>{holdFor === 'inside' ? t('holdFor.inside') : t('holdFor.customer')}</span>
          {holdUntil ? t('until', { at: when.full(holdUntil) }) : t('noUntil')}
        </span>
      ) : waitingSince && status !== 'done' ? (
        <span className={classes.item}>
          <IconClock size={14} stroke={1.75} aria-hidden />
          {t('waiting', { age: when.age(waitingSince) })}
        </span>
      ) : null}
      <span className={`${classes.item} ${classes.quiet}`}>
        <IconMail size={14} stroke={1.75} aria-hidden />
        {conversation.mailbox.name}
      </span>
    </div>
  );
}
