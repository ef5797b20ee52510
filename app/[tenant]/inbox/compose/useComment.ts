import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { newId } from '#components/net/newId.ts';
import { settle } from '#components/net/settle.ts';
import { useProblemText } from '#components/ui/useProblemText.ts';
import type { ConversationShape } from '#lib/conversations/shapes.ts';
import * as actions from '../actions.ts';
import { refreshConversation } from '../queries/patch.ts';
import { useInbox } from '../state/InboxContext.tsx';

// A comment is no draft on the server; until it is saved this device keeps it.
function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}
function keep(key: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // A private window: it lives as long as the page.
  }
}

/** A comment being written: kept on this device with every key, sent once whatever the line does. */
export function useComment(conversation: ConversationShape, onDone: () => void) {
  const say = useProblemText();
  const client = useQueryClient();
  const { slug, shell } = useInbox();
  const key = `mg.comment:${slug}:${conversation.id}:${shell.me.id}`;
  const [text, setText] = useState(() => read(key));
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const clientId = useRef(newId());

  const write = (next: string) => {
    setText(next);
    setWrong(null);
    keep(key, next);
  };
  const save = async () => {
    if (busy) return;
    if (text.trim() === '') {
      setWrong(say({ code: 'Invalid', reason: 'textRequired', params: {} }));
      return;
    }
    setBusy(true);
    const result = await settle(actions.addComment(slug, conversation.id, { clientId: clientId.current, text }));
    setBusy(false);
    if (!result.ok) {
      setWrong(say(result.error));
      return;
    }
    keep(key, '');
    onDone();
    void refreshConversation(client, slug, conversation.id);
  };
  return { text, write, save, busy, wrong };
}
