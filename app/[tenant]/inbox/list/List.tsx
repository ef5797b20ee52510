import { useMediaQuery } from '@mantine/hooks';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ListRow as Row } from '#lib/conversations/shapes.ts';
import { useList } from '../queries/useList.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './List.module.css';
import { ListHead } from './ListHead.tsx';
import { ListRows } from './ListRows.tsx';
import { ListState } from './ListState.tsx';
import { Standstill } from './Standstill.tsx';
import { useCollectedRows } from './useCollectedRows.ts';
import { type Steps, useListSteps } from './useListSteps.ts';

/** The rows of a view. `steps` gives j, k and Enter to the keyboard of the whole page. */
export function List({ steps, onRail }: { steps: React.RefObject<Steps | null>; onRail: () => void }) {
  const t = useTranslations('inbox');
  const { slug, place, go, announce } = useInbox();
  const query = useList(slug, place.view, place.mailbox);
  const scroller = useRef<HTMLDivElement>(null);
  const phone = useMediaQuery('(max-width: 47.99em)') ?? false;
  const [focused, setFocused] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  const { rows, waiting, show } = useCollectedRows(query.rows, focused || scrolled);

  const open = useCallback((row: Row) => go({ conversation: row.id }), [go]);
  const cursor = useListSteps({ rows, steps, scroller });

  useEffect(() => {
    if (waiting > 0) announce(t('list.newRows', { count: waiting }));
  }, [waiting, announce, t]);

  return (
    <section className={classes.pane} aria-label={t('list.label')}>
      <ListHead loaded={rows.length} more={query.hasNextPage} onRail={onRail} />
      <Standstill />
      {waiting > 0 ? (
        <button
          type="button"
          className={classes.fresh}
          onClick={() => {
            show();
            scroller.current?.scrollTo({ top: 0 });
            scroller.current?.focus({ preventScroll: true });
          }}
        >
          {t('list.newRows', { count: waiting })}
        </button>
      ) : null}
      <div
        ref={scroller}
        className={classes.scroll}
        hidden={rows.length === 0}
        role="listbox"
        aria-label={t(`view.${place.view}`)}
        aria-busy={query.isPending}
        aria-activedescendant={cursor ? `row-${cursor}` : undefined}
        tabIndex={0}
        data-pane="list"
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onScroll={(event) => setScrolled(event.currentTarget.scrollTop > 8)}
      >
        {rows.length > 0 ? (
          <ListRows
            rows={rows}
            scroller={scroller}
            height={phone ? 82 : 73}
            cursor={cursor}
            onOpen={open}
            onEnd={() => {
              if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
            }}
          />
        ) : null}
        {query.isFetchingNextPage ? <p className={classes.more}>{t('list.loadingMore')}</p> : null}
      </div>
      {rows.length === 0 ? (
        <ListState pending={query.isPending} error={query.error} retry={() => void query.refetch()} />
      ) : null}
    </section>
  );
}
