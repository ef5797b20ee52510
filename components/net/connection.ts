import { useSyncExternalStore } from 'react';

/** Whether the server answers, and whether we are still signed in. One store for the whole page. */
export type Connection = { reached: boolean; session: 'live' | 'ended' };

let current: Connection = { reached: true, session: 'live' };
const listeners = new Set<() => void>();

function change(next: Partial<Connection>): void {
  const merged = { ...current, ...next };
  if (merged.reached === current.reached && merged.session === current.session) return;
  current = merged;
  for (const listener of listeners) listener();
}

export const connectionLost = (): void => change({ reached: false });
export const sessionEnded = (): void => change({ session: 'ended' });
/** Any answer to a signed-in request proves both. */
export const answered = (): void => change({ reached: true, session: 'live' });
export const connectionNow = (): Connection => current;

const AT_SERVER: Connection = { reached: true, session: 'live' };
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useConnection = (): Connection =>
  useSyncExternalStore(
    subscribe,
    () => current,
    () => AT_SERVER,
  );
