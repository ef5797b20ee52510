const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** Seconds to wait after the first, second, ... failed try: quick at first, then for two days (architecture.md 5). */
const SCHEDULE = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 8 * HOUR, 12 * HOUR, 12 * HOUR];
/** Of the wait, at random and on top: what a server refused together doesn't come back together. */
const SPREAD = 0.1;
const MOST_SPREAD = 5 * MINUTE;

/** Seconds until the next try after `attempts` tries; null when 48 hours are over and it has failed. */
export function retryAfter(attempts: number): number | null {
  return SCHEDULE[attempts - 1] ?? null;
}

/** The wait with its random part, seconds; never shorter. */
export function spread(seconds: number, random: () => number = Math.random): number {
  return Math.round(seconds + random() * Math.min(seconds * SPREAD, MOST_SPREAD));
}
