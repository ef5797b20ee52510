import { env } from '#lib/env.ts';

/** The named places at which a test may kill this process (architecture.md 6). */
export type FailpointName =
  | 'after-raw-store'
  | 'after-receive'
  | 'after-claim'
  | 'after-data-started'
  | 'after-settle'
  | 'before-enqueue';

let armed: { name: string; passes: number } | null | undefined;

/**
 * Kills this process by SIGKILL when MG_FAILPOINT names this place: `after-claim`, or `after-claim:3` for the third
 * passing. Nothing runs afterwards, no handler and no finally: that is the point. Otherwise one comparison.
 */
export function failpoint(name: FailpointName): void {
  if (armed === undefined) armed = parse(env.failpoint);
  if (armed === null || armed.name !== name) return;
  armed.passes -= 1;
  if (armed.passes > 0) return;
  process.kill(process.pid, 'SIGKILL');
  // The signal to ourselves may be delivered a moment later: nothing of ours may happen in between.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function parse(value: string): { name: string; passes: number } | null {
  const [name, passes] = value.split(':');
  return name ? { name, passes: Math.max(1, Number(passes ?? 1) || 1) } : null;
}
