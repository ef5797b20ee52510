import { createContext, type ReactNode, type RefObject, useContext } from 'react';
import type { Action } from '#lib/auth/policy.ts';
import type { InboxShell } from '#lib/conversations/shapes.ts';
import type { Place } from './place.ts';
import type { Go } from './usePlace.ts';

export type Inbox = {
  slug: string;
  shell: InboxShell;
  place: Place;
  go: Go;
  may: (action: Action) => boolean;
  /** The conversation whose composer is to open next: a cancelled answer goes on being written. */
  pendingReply: RefObject<string | null>;
  /** Opens the composer of a conversation, wherever one is. */
  writeAgain: (id: string) => void;
  /** Says something to screen readers, politely and not too often. */
  announce: (text: string) => void;
};

const Context = createContext<Inbox | null>(null);

export const InboxProvider = ({ value, children }: { value: Inbox; children: ReactNode }) => (
  <Context value={value}>{children}</Context>
);

/** What every part of the inbox knows. */
export function useInbox(): Inbox {
  const inbox = useContext(Context);
  if (!inbox) throw new Error('outside the inbox');
  return inbox;
}
