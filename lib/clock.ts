/** Business time (domain.md 5.5). Machine time (leases, send_after, retry) is the database's clock, never this one. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

/** A clock that stands still: tests and the seed. Each call hands out a fresh Date, so nobody can turn it by accident. */
export const fixedClock = (date: Date): Clock => {
  const at = date.getTime();
  return () => new Date(at);
};
