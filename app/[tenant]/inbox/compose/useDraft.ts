import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useConnection } from '#components/net/connection.ts';
import { fetchJson } from '#components/net/fetchJson.ts';
import type { ConversationShape, InboxShell } from '#lib/conversations/shapes.ts';
import { api, keys } from '../queries/keys.ts';
import { useInbox } from '../state/InboxContext.tsx';
import { beginDraft } from './beginDraft.ts';
import { DraftKeeper } from './draftKeeper.ts';
import { readLocal } from './localDraft.ts';

/** The draft of this composer, and where its words came from. */
export function useDraft(conversation: ConversationShape) {
  const { slug, shell } = useInbox();
  const client = useQueryClient();
  const member = shell.me.id;
  const [{ keeper, from, lost }] = useState(() => {
    const local = readLocal(slug, conversation.id, member);
    // What was read last: right after an undo the screen is a moment behind it, and has no draft yet.
    const fresh = client.getQueryData<ConversationShape>(keys.conversation(slug, conversation.id));
    const beginning = beginDraft(fresh ?? conversation, local);
    return {
      keeper: new DraftKeeper(slug, conversation.id, member, beginning.draft, null),
      from: beginning.from,
      lost: beginning.from === 'elsewhere' ? local : null,
    };
  });
  const view = useSyncExternalStore(keeper.subscribe, keeper.snapshot, keeper.snapshot);

  // Back on the line or signed in again: what only this device has goes up at once.
  const { reached, session } = useConnection();
  useEffect(() => {
    if (!reached || session !== 'live') return;
    if (!keeper.signedOut) return keeper.retry();
    // Somebody signed in again, perhaps somebody else: their page begins anew, these words wait here for their writer.
    fetchJson<InboxShell>(api(slug, 'shell'))
      .then(({ me }) => (me.id === member ? keeper.retry() : window.location.reload()))
      .catch(() => {});
  }, [reached, session, keeper, slug, member]);

  useEffect(() => {
    keeper.begin();
    const leave = () => keeper.flushNow();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      void keeper.flush();
    };
  }, [keeper]);

  return { keeper, view, from, lost };
}
