import { useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { type Place, placeHref, readPlace } from './place.ts';

/** push: a place one wants to come back to (a click). replace: one passed through (j, k). */
export type Go = (next: Partial<Place>, how?: 'push' | 'replace') => void;

/** The place in the address, and how to leave it. Next follows the history by itself; the server isn't asked. */
export function usePlace(slug: string): { place: Place; go: Go } {
  const query = useSearchParams();
  const place = useMemo(() => readPlace(query), [query]);
  const go = useCallback<Go>(
    (next, how = 'push') => {
      const href = placeHref(slug, { ...readPlace(new URLSearchParams(window.location.search)), ...next });
      if (href === window.location.pathname + window.location.search) return;
      if (how === 'push') window.history.pushState(null, '', href);
      else window.history.replaceState(null, '', href);
    },
    [slug],
  );
  return { place, go };
}
