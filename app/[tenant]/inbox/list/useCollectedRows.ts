import { useCallback, useMemo, useRef, useState } from 'react';
import type { ListRow } from '#lib/conversations/shapes.ts';
import { collect } from './collect.ts';

/** The rows to draw and the number of new ones that wait for 「新着 n件を表示」. */
export function useCollectedRows(rows: ListRow[], held: boolean) {
  const shown = useRef<string[] | null>(null);
  const [, redraw] = useState(0);
  const { order, waiting } = collect(
    shown.current,
    useMemo(() => rows.map((row) => row.id), [rows]),
    held,
  );
  shown.current = order;
  const byId = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  const visible = order.map((id) => byId.get(id)).filter((row) => row !== undefined);
  const show = useCallback(() => {
    shown.current = null;
    redraw((count) => count + 1);
  }, []);
  return { rows: visible, waiting: waiting.length, show };
}
