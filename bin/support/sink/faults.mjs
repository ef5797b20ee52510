/**
 * The ways a mail server may misbehave, and where in the conversation it happens. `code` is an SMTP answer, `drop` cuts
 * the connection, `hang` never answers, `slow` answers after `ms`. A mail is kept only where `keeps` says so: then the
 * sender can't know that it was.
 */
export const faultModes = {
  'auth-535': { at: 'auth', code: 535 },
  'rcpt-450': { at: 'rcpt', code: 450 },
  'rcpt-550': { at: 'rcpt', code: 550 },
  'drop-rcpt': { at: 'rcpt', drop: true },
  'hang-rcpt': { at: 'rcpt', hang: true },
  'drop-data': { at: 'data', drop: true },
  'drop-mid-body': { at: 'body', drop: true },
  'data-452': { at: 'end', code: 452 },
  'data-554': { at: 'end', code: 554 },
  'hang-end': { at: 'end', hang: true },
  'drop-after-dot': { at: 'end', drop: true, keeps: true },
  'hang-after-dot': { at: 'end', hang: true, keeps: true },
  slow: { at: 'end', slow: true, keeps: true },
};

/**
 * The faults in force. One is {mode, recipient?, user?, times?, ms?}: without recipient (or user, for auth-535) it meets
 * everybody, without times it lasts until cleared.
 */
export function faultBoard() {
  let faults = [];

  function set(fault) {
    if (!Object.hasOwn(faultModes, fault.mode)) throw new Error(`There is no fault "${fault.mode}".`);
    faults.push({ times: Number.POSITIVE_INFINITY, ...fault });
  }

  /** The fault that meets one of these addresses at this place, counted as used; undefined when all is well. */
  function meeting(place, addresses) {
    const found = faults.find((fault) => faultModes[fault.mode].at === place && meets(fault, addresses));
    if (!found) return undefined;
    found.times -= 1;
    faults = faults.filter((fault) => fault.times > 0);
    return { ...faultModes[found.mode], ms: found.ms ?? 3_000, mode: found.mode };
  }

  function clear() {
    faults = [];
  }

  return { set, meeting, clear, list: () => faults };
}

function meets(fault, addresses) {
  const wanted = fault.recipient ?? fault.user;
  return !wanted || addresses.some((address) => address.toLowerCase() === wanted.toLowerCase());
}
