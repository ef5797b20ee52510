import { unavailable } from '#lib/errors.ts';

/**
 * Lets at most `places` pieces of work in at once and keeps at most `queue` waiting.
 * @throws Unavailable `busy` when the queue is full
 */
export function turnstile(places: number, queue: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (work) => {
    if (free > 0) free -= 1;
    else if (waiting.length >= queue) throw unavailable('busy');
    else await new Promise<void>((enter) => waiting.push(enter));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
