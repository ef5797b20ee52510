import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { fetchJson } from '#components/net/fetchJson.ts';
import { api } from './keys.ts';
import { patchRow } from './patch.ts';

/** Long enough to mean reading and not passing by with j. */
const READING = 800;

/** Marks a conversation as read up to what is on the screen, once somebody has really had it before their eyes. */
export function useReadMark(slug: string, id: string, contentSeq: number | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    if (contentSeq === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const mark = async () => {
      try {
        await fetchJson(api(slug, `conversations/${id}/read`), { method: 'POST', body: { contentSeq } });
        patchRow(client, slug, id, { unread: false });
      } catch {
        // Stays unread: the next opening tries again.
      }
    };
    const start = () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') timer = setTimeout(mark, READING);
    };
    start();
    document.addEventListener('visibilitychange', start);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', start);
    };
  }, [client, slug, id, contentSeq]);
}
