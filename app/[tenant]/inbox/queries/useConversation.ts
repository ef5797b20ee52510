import { useQuery } from '@tanstack/react-query';
import { fetchJson } from '#components/net/fetchJson.ts';
import type { ConversationShape } from '#lib/conversations/shapes.ts';
import { api, keys } from './keys.ts';

const ask = (slug: string, id: string, signal?: AbortSignal) =>
  fetchJson<ConversationShape>(api(slug, `conversations/${encodeURIComponent(id)}`), { signal });

/** One conversation. Never read ahead: the server writes down who looked at what, and looking must be true. */
export const useConversation = (slug: string, id: string) =>
  useQuery({
    queryKey: keys.conversation(slug, id),
    queryFn: ({ signal }) => ask(slug, id, signal),
  });
