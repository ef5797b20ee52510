/** What is shown while new rows wait: ids in their places, and how many are waiting above. */
export type Collected = { order: string[]; waiting: string[] };

/**
 * Rows never jump under the pointer (design.md 2, motion): while `held`, rows that are shown keep their places, those that
 * left go, those that came above wait; what a further page brought below is appended. Otherwise the server's order holds.
 */
export function collect(shown: readonly string[] | null, fresh: readonly string[], held: boolean): Collected {
  if (!held || !shown || shown.length === 0) return { order: [...fresh], waiting: [] };
  const present = new Set(fresh);
  const order = shown.filter((id) => present.has(id));
  const known = new Set(order);
  const lastKnown = fresh.findLastIndex((id) => known.has(id));
  const waiting = fresh.filter((id, index) => !known.has(id) && index < lastKnown);
  const below = fresh.filter((id, index) => !known.has(id) && index > lastKnown);
  return { order: [...order, ...below], waiting };
}
