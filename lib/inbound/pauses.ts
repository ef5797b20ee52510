/** Wrong passwords: providers lock an account after a few. Seconds after the first, second, third failure and all later. */
const SIGN_IN = [120, 900, 1800, 3600] as const;
/** Everything else: from 5 s, doubling to 15 min; a server that asked for patience gets more of it at first. */
const FIRST = { trouble: 5, busy: 30 } as const;
const MOST = { trouble: 900, busy: 300 } as const;

/**
 * Seconds until an account is tried again after so many failures in a row, by the last one's code, with a quarter of jitter
 * to either side so that a hundred accounts of one provider don't come back in the same second.
 */
export function pauseAfter(failures: number, code = '', random: () => number = Math.random): number {
  const times = Math.max(1, failures);
  const kind = code === 'busy' ? 'busy' : 'trouble';
  const pause =
    code === 'authentication'
      ? (SIGN_IN[times - 1] ?? SIGN_IN[3])
      : Math.min(MOST[kind], FIRST[kind] * 2 ** Math.min(times - 1, 10));
  return Math.round(pause * (0.75 + random() * 0.5));
}
