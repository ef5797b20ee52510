import { IconAlertTriangle, IconClockQuestion, IconPaperclip } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { memo, useEffect, useRef, useState } from 'react';
import { useWhen } from '#components/time/useWhen.ts';
import { Avatar } from '#components/ui/Avatar.tsx';
import { glyphKind, StatusGlyph } from '#components/ui/StatusGlyph.tsx';
import type { ListRow as Row } from '#lib/conversations/shapes.ts';
import classes from './ListRow.module.css';
import { useRowName } from './useRowName.ts';
import { waitText } from './waitText.ts';

type Props = {
  row: Row;
  me: string;
  top: number;
  height: number;
  index: number;
  count: number;
  selected: boolean;
  cursor: boolean;
  onOpen: (row: Row) => void;
};

/** Three lines of 19 px (design.md 4). Read aloud it says status, unread, name, subject and how long the customer waits. */
export const ListRow = memo(function ListRow({ row, me, top, height, index, count, selected, cursor, onOpen }: Props) {
  const t = useTranslations('inbox');
  const status = useTranslations('common.status');
  const when = useWhen();
  const name = useRowName();
  const kind = glyphKind(row.status, row.doneKind);
  return (
    // The list itself has the focus and the keys (aria-activedescendant); a row only answers the mouse.
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the listbox
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the listbox
    <div
      id={`row-${row.id}`}
      role="option"
      aria-selected={selected}
      aria-posinset={index + 1}
      aria-setsize={count}
      aria-label={name(row)}
      className={classes.row}
      data-unread={row.unread || undefined}
      data-quiet={row.status === 'hold' || row.status === 'done' || undefined}
      data-cursor={(cursor && !selected) || undefined}
      data-fresh={useFresh(row.version) || undefined}
      style={{ height, transform: `translateY(${top}px)` }}
      onClick={() => onOpen(row)}
    >
      <span className={classes.glyph} title={status(kind)}>
        <StatusGlyph kind={kind} />
      </span>
      <div>
        <div className={classes.line}>
          <span className={classes.who} title={row.customerName}>
            {row.customerName || t('list.noName')}
          </span>
          {row.messageCount > 1 ? <span className={classes.count}>{row.messageCount}</span> : null}
          <span className={`${classes.end} ${classes.wait}`}>{waitText(row, when, t)}</span>
        </div>
        <div className={classes.line}>
          <span className={classes.subject}>{row.subject || t('list.noSubject')}</span>
          <span className={classes.end}>
            {row.hasAttachment ? <IconPaperclip size={12} stroke={1.75} aria-hidden /> : null}
            {when.short(row.lastMessageAt)}
          </span>
        </div>
        <div className={classes.line}>
          <Third row={row} />
          <span className={classes.end}>
            <Avatar
              size="s"
              name={row.assignee?.name ?? t('view.unassigned')}
              kind={row.assignee ? (row.assignee.id === me ? 'me' : 'staff') : 'nobody'}
            />
          </span>
        </div>
      </div>
    </div>
  );
});

function Third({ row }: { row: Row }) {
  const t = useTranslations('inbox.list');
  if (row.warning) {
    const failed = row.warning === 'failed';
    const Icon = failed ? IconAlertTriangle : IconClockQuestion;
    return (
      <span className={failed ? classes.late : classes.soon}>
        <Icon size={12} stroke={2} aria-hidden />
        {failed ? t('failed') : t('uncertain')}
      </span>
    );
  }
  return (
    <>
      {row.thanks ? <span className={classes.tag}>{t('thanks')}</span> : null}
      {row.notice ? <span className={classes.tag}>{t('notice')}</span> : null}
      <span className={classes.snippet}>{row.snippet}</span>
    </>
  );
}

/** True for a moment after the row's version changed: the ground fades, so that the eye finds what moved. */
function useFresh(version: number): boolean {
  const before = useRef(version);
  const [fresh, setFresh] = useState(false);
  useEffect(() => {
    if (before.current === version) return;
    before.current = version;
    setFresh(true);
    const timer = setTimeout(() => setFresh(false), 1200);
    return () => clearTimeout(timer);
  }, [version]);
  return fresh;
}
