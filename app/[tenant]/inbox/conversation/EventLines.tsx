import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconClockPause,
  IconInfoCircle,
  IconLink,
  IconMail,
  IconSend,
  IconUser,
} from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import { StatusGlyph } from '#components/ui/StatusGlyph.tsx';
import type { EventItem } from '#lib/conversations/shapes.ts';
import classes from './EventLines.module.css';

const ICONS: readonly (readonly [RegExp, React.ReactNode])[] = [
  [/^(claimed|assigned|unassigned)$/, <IconUser key="u" size={13} stroke={1.75} />],
  [/^statusHold/, <IconClockPause key="h" size={13} stroke={1.75} />],
  [/^statusDone$/, <StatusGlyph key="d" kind="done" size={13} />],
  [/^statusNone$/, <StatusGlyph key="n" kind="none" size={13} />],
  [/^(statusDoing|reopened|holdOver)/, <StatusGlyph key="g" kind="doing" size={13} />],
  [/^delivery(Failed|Bounced|Uncertain)$/, <IconAlertTriangle key="a" size={13} stroke={1.75} />],
  [/^(delivery|replyQueued)/, <IconSend key="s" size={13} stroke={1.75} />],
  [/^replyCancelled$/, <IconArrowBackUp key="b" size={13} stroke={1.75} />],
  [/^linked/, <IconLink key="l" size={13} stroke={1.75} />],
  [/^(opened|auto|imported)/, <IconMail key="m" size={13} stroke={1.75} />],
];
const iconOf = (sentence: string) =>
  ICONS.find(([pattern]) => pattern.test(sentence))?.[1] ?? <IconInfoCircle size={13} stroke={1.75} />;

/** What happened, one quiet line each: who, what, when. */
export function EventLines({ items }: { items: EventItem[] }) {
  return (
    <ul className={classes.events}>
      {items.map((item) => (
        <EventLine key={item.id} item={item} />
      ))}
    </ul>
  );
}

function EventLine({ item }: { item: EventItem }) {
  const t = useTranslations('events');
  const common = useTranslations('common');
  const when = useWhen();
  const { words, until, ...rest } = item.params;
  const values = {
    ...rest,
    actor: item.actor || common('system'),
    until: typeof until === 'string' && !Number.isNaN(Date.parse(until)) ? when.full(until) : (until ?? ''),
  };
  const bad = /^delivery(Failed|Bounced)$/.test(item.sentence);
  return (
    <li className={`${classes.event} ${bad ? classes.bad : ''}`}>
      <span className={classes.icon} aria-hidden="true">
        {iconOf(item.sentence)}
      </span>
      <span className={classes.words}>
        {t.has(item.sentence) ? t(item.sentence, values) : t('other')}
        {item.late ? ` ${t('late')}` : null}
        {words ? <span className={classes.said}>{words}</span> : null}
      </span>
      <time className={classes.time} dateTime={item.occurredAt}>
        {when.brief(item.occurredAt)}
      </time>
    </li>
  );
}
