import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect } from 'react';
import type { ListRow as Row } from '#lib/conversations/shapes.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './List.module.css';
import { ListRow } from './ListRow.tsx';

type Props = {
  rows: Row[];
  scroller: RefObject<HTMLDivElement | null>;
  height: number;
  cursor: string | null;
  onOpen: (row: Row) => void;
  onEnd: () => void;
};

/** Draws only the rows in sight: a list of thousands costs as much as one of twenty. */
export function ListRows({ rows, scroller, height, cursor, onOpen, onEnd }: Props) {
  const { shell, place } = useInbox();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row height needs all places anew
  useEffect(() => virtual.measure(), [virtual, height]);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const end = last >= rows.length - 10;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks once for each new length that is nearly seen to its end
  useEffect(() => {
    if (end) onEnd();
  }, [end, rows.length]);

  return (
    <div className={classes.rows} style={{ height: virtual.getTotalSize() }} role="presentation">
      {items.map((item) => {
        const row = rows[item.index];
        return row ? (
          <ListRow
            key={item.key}
            row={row}
            me={shell.me.id}
            top={item.start}
            height={height}
            index={item.index}
            count={rows.length}
            selected={row.id === place.conversation}
            cursor={row.id === cursor}
            onOpen={onOpen}
          />
        ) : null;
      })}
    </div>
  );
}
