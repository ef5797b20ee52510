import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { ConversationShape, ListPage, ListRow } from '#lib/conversations/shapes.ts';
import { keys } from './keys.ts';

/** Changes what is shown of one conversation at once, in its own pane and in every list that holds its row. */
export function patchConversation(
  client: QueryClient,
  slug: string,
  id: string,
  change: Partial<Pick<ConversationShape, 'status' | 'doneKind' | 'assignee' | 'holdUntil' | 'holdFor' | 'thanks'>>,
): void {
  client.setQueryData<ConversationShape>(keys.conversation(slug, id), (old) => old && { ...old, ...change });
  const { holdFor: _, ...row } = change;
  patchRow(client, slug, id, row);
}

export function patchRow(client: QueryClient, slug: string, id: string, change: Partial<ListRow>): void {
  client.setQueriesData<InfiniteData<ListPage>>({ queryKey: keys.lists(slug) }, (old) => {
    if (!old?.pages.some((page) => page.rows.some((row) => row.id === id))) return old;
    return {
      ...old,
      pages: old.pages.map((page) => ({
        ...page,
        rows: page.rows.map((row) => (row.id === id ? { ...row, ...change } : row)),
      })),
    };
  });
}

/** Reads everything anew that one conversation touches. */
export const refreshConversation = (client: QueryClient, slug: string, id: string): Promise<unknown> =>
  Promise.all([
    client.invalidateQueries({ queryKey: keys.conversation(slug, id) }),
    client.invalidateQueries({ queryKey: keys.lists(slug) }),
    client.invalidateQueries({ queryKey: keys.counts(slug) }),
  ]);
