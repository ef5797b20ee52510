import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { fetchJson } from '#components/net/fetchJson.ts';
import type { ConversationShape } from '#lib/conversations/shapes.ts';
import { api, keys } from './keys.ts';

const ask = (slug: string, id: string, signal?: AbortSignal) =>
  fetchJson<ConversationShape>(api(slug, `conversations/${encodeURIComponent(id)}`), { signal });

export const useConversation = (slug: string, id: string) =>
  useQuery({
    queryKey: keys.conversation(slug, id),
    queryFn: ({ signal }) => ask(slug, id, signal),
  });

/** Reads a conversation before it is opened: the next one under the cursor. */
export function usePrefetchConversation(slug: string) {
  const client = useQueryClient();
  return useCallback(
    (id: string) =>
      void client.prefetchQuery({
        queryKey: keys.conversation(slug, id),
        queryFn: ({ signal }) => ask(slug, id, signal),
        staleTime: 30_000,
      }),
    [client, slug],
  );
}
