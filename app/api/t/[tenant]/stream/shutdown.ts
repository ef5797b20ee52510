const open = new Set<() => void>();
let listening = false;

const endAll = (): void => {
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
  open.add(end);
  return () => open.delete(end);
}
