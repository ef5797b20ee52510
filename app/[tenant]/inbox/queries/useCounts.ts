import { useQuery } from '@tanstack/react-query';
import { fetchJson } from '#components/net/fetchJson.ts';
import type { Counts } from '#lib/conversations/shapes.ts';
import { api, keys } from './keys.ts';

export const useCounts = (slug: string) =>
  useQuery({
    queryKey: keys.counts(slug),
    queryFn: ({ signal }) => fetchJson<Counts>(api(slug, 'counts'), { signal }),
  });
