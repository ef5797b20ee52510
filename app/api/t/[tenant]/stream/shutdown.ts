const open = new Set<() => void>();
let listening = false;
let stopping = false;

const endAll = (): void => {
  stopping = true;
  for (const end of [...open]) end();
};

/**
 * Runs `end` when the process is asked to stop: `next start` waits for open requests, and a stream never ends by itself.
 * @returns takes it back
 */
export function onShutdown(end: () => void): () => void {
  if (!listening) {
    listening = true;
    process.on('SIGTERM', endAll);
    process.on('SIGINT', endAll);
  }
  // A browser comes back over the line it still has: such a stream would keep the process from ending.
  if (stopping) queueMicrotask(end);
  else open.add(end);
  return () => open.delete(end);
}
