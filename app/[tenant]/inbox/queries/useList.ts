import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fetchJson } from '#components/net/fetchJson.ts';
import type { ListPage, ListRow, View } from '#lib/conversations/shapes.ts';
import { api, keys } from './keys.ts';

const NONE: ListRow[] = [];

/** The rows of a view, page after page by the server's cursor. */
export function useList(slug: string, view: View, mailbox: string | null) {
  const query = useInfiniteQuery({
    queryKey: keys.list(slug, view, mailbox),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const ask = new URLSearchParams({ view });
      if (mailbox) ask.set('mailbox', mailbox);
      if (pageParam) ask.set('cursor', pageParam);
      return fetchJson<ListPage>(api(slug, `conversations?${ask}`), { signal });
    },
    getNextPageParam: (page) => page.next,
  });
  const rows = useMemo(() => (query.data ? unique(query.data.pages) : NONE), [query.data]);
  return { ...query, rows };
}

// A row that moved up between two page reads comes twice; the first place is the newer one.
function unique(pages: readonly ListPage[]): ListRow[] {
  const seen = new Set<string>();
  return pages
    .flatMap((page) => page.rows)
    .filter((row) => {
      if (seen.has(row.id)) return false;
      seen.add(row.id);
      return true;
    });
}
