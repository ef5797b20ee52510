import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { StreamEvent } from '#lib/conversations/shapes.ts';
import { api, keys } from './keys.ts';
import { openStream } from './stream.ts';

// Many browsers hear of one mail at the same moment: each waits a little, by chance, before it asks.
const JITTER = 300;
/** However much happens, lists are read at most this often. */
const PAUSE = 1500;

/** Keeps what is shown true: every event marks its answers as stale, and what is on the screen is read anew. */
export function useStream(slug: string): void {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = 0;
    let all = false;
    const conversations = new Set<string>();
    let shell = false;

    const refresh = () => {
      timer = undefined;
      last = Date.now();
      const stale = (queryKey: readonly unknown[]) =>
        void client.invalidateQueries({ queryKey }, { cancelRefetch: false });
      if (all) stale([slug]);
      else {
        stale(keys.lists(slug));
        stale(keys.counts(slug));
        for (const id of conversations) stale(keys.conversation(slug, id));
        if (shell) stale(keys.shell(slug));
      }
      all = false;
      shell = false;
      conversations.clear();
    };
    const soon = () => {
      timer ??= setTimeout(refresh, Math.max(PAUSE - (Date.now() - last), 0) + Math.random() * JITTER);
    };

    const close = openStream(api(slug, 'stream'), {
      onEvent: (text) => {
        const event = JSON.parse(text) as StreamEvent;
        if (event.type === 'access') all = true;
        else if (event.type === 'mailbox' || event.type === 'account') shell = true;
        else if (event.type === 'delivery') all = true;
        else conversations.add(event.id);
        soon();
      },
      onResync: () => {
        all = true;
        soon();
      },
    });
    return () => {
      close();
      clearTimeout(timer);
    };
  }, [client, slug]);
}
