import { useQuery } from '@tanstack/react-query';
import { fetchJson } from '#components/net/fetchJson.ts';
import type { InboxShell } from '#lib/conversations/shapes.ts';
import { api, keys } from './keys.ts';

/** Begins with what the page brought; read anew when a mailbox's health or somebody's access changes. */
export function useShell(first: InboxShell): InboxShell {
  const { data } = useQuery({
    queryKey: keys.shell(first.tenant.slug),
    queryFn: ({ signal }) => fetchJson<InboxShell>(api(first.tenant.slug, 'shell'), { signal }),
    initialData: first,
    staleTime: 60_000,
  });
  return data;
}
