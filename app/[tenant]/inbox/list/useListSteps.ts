import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { ListRow } from '#lib/conversations/shapes.ts';
import { useInbox } from '../state/InboxContext.tsx';

/** What the page's keys can ask of the list. */
export type Steps = {
  step: (by: 1 | -1) => void;
  enter: () => void;
  canStep: (by: 1 | -1) => boolean;
  at: number;
  count: number;
};

type Props = {
  rows: ListRow[];
  steps: RefObject<Steps | null>;
  scroller: RefObject<HTMLDivElement | null>;
};

/**
 * The cursor of the list: follows the open conversation; j and k move it, and with a conversation open they open the next
 * one in its place. When the row under it leaves the view, the one that moved up is next. Returns the id under the cursor.
 */
export function useListSteps({ rows, steps, scroller }: Props): string | null {
  const { place, go } = useInbox();
  const [cursor, setCursor] = useState<string | null>(null);
  const lastIndex = useRef(-1);
  const open = place.conversation;

  useEffect(() => {
    if (open) setCursor(open);
  }, [open]);

  const found = rows.findIndex((row) => row.id === cursor);
  if (found >= 0) lastIndex.current = found;

  const target = (by: 1 | -1): ListRow | undefined => {
    if (found >= 0) return rows[found + by];
    if (cursor === null) return rows[0];
    return rows[by === 1 ? Math.min(lastIndex.current, rows.length - 1) : lastIndex.current - 1];
  };

  const reveal = (id: string) => {
    const box = scroller.current;
    const index = rows.findIndex((row) => row.id === id);
    if (!box || index < 0) return;
    const height = (box.firstElementChild?.clientHeight ?? 0) / Math.max(rows.length, 1);
    const top = index * height;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + height > box.scrollTop + box.clientHeight) box.scrollTop = top + height - box.clientHeight;
  };

  useImperativeHandle(steps, () => ({
    at: found,
    count: rows.length,
    canStep: (by) => target(by) !== undefined,
    step: (by) => {
      const next = target(by);
      if (!next) return;
      setCursor(next.id);
      reveal(next.id);
      if (open) go({ conversation: next.id }, 'replace');
      else scroller.current?.focus({ preventScroll: true });
    },
    enter: () => {
      const row = found >= 0 ? rows[found] : undefined;
      if (row) go({ conversation: row.id });
    },
  }));

  return found >= 0 ? cursor : null;
}
