import { answered } from '#components/net/connection.ts';

type Handlers = { onEvent: (data: string) => void; onResync: () => void };

const LONGEST_PAUSE = 30_000;
/** The server's heart beats every 20 s; a line that is silent longer is dead, even if nobody said so. */
const SILENCE = 50_000;

/**
 * One server-sent stream that comes back by itself: 1 s, 2 s, 4 s ... 30 s. The server opens each with `resync`, so what
 * was missed in between is read by the normal routes. Returns how to end it.
 */
export function openStream(url: string, { onEvent, onResync }: Handlers): () => void {
  let source: EventSource | undefined;
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let ended = false;

  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(again, SILENCE);
  };
  const connect = () => {
    timer = undefined;
    source?.close();
    source = new EventSource(url);
    heard();
    source.addEventListener('open', () => {
      tries = 0;
      answered();
    });
    source.addEventListener('message', (event) => {
      heard();
      onEvent(event.data);
    });
    source.addEventListener('heartbeat', heard);
    source.addEventListener('resync', () => {
      heard();
      onResync();
    });
    source.addEventListener('error', again);
  };
  function again() {
    source?.close();
    clearTimeout(silence);
    if (ended || timer) return;
    const pause = Math.min(LONGEST_PAUSE, 1000 * 2 ** tries) * (0.75 + Math.random() / 2);
    tries += 1;
    timer = setTimeout(connect, pause);
  }
  // A laptop that wakes up, or a network that comes back, shouldn't wait for the next try.
  const now = () => {
    if (!timer || document.visibilityState === 'hidden') return;
    clearTimeout(timer);
    tries = 0;
    connect();
  };

  connect();
  window.addEventListener('online', now);
  document.addEventListener('visibilitychange', now);
  return () => {
    ended = true;
    source?.close();
    clearTimeout(timer);
    clearTimeout(silence);
    window.removeEventListener('online', now);
    document.removeEventListener('visibilitychange', now);
  };
}
