const JST = 540;

/** Obsolete zone names of RFC 5322 4.3 and others that mailers write; minutes east of UTC. */
const ZONES: Record<string, number> = {
  jst: JST,
  japan: JST,
  tokyo: JST,
  asia: JST,
  kst: JST,
  utc: 0,
  gmt: 0,
  ut: 0,
  z: 0,
  wet: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  hst: -600,
  bst: 60,
  cet: 60,
  cest: 120,
  mez: 60,
  mesz: 120,
  eet: 120,
  msk: 180,
  ist: 330,
  hkt: 480,
  sgt: 480,
  aest: 600,
  nzst: 720,
};
const FARTHEST = 14 * 60;

/**
 * The zone in what follows a time, minutes east of UTC. A number counts before a name (`GMT+0900`), an unknown name is UTC (RFC 5322
 * 4.3), none at all or an impossible number is Japan's.
 */
export function zoneMinutes(text: string): number {
  const numeric = /([+-])\s?(\d{1,2})(?::?(\d{2}))?(?!\d)/.exec(text);
  if (numeric) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    if (minutes > FARTHEST) return JST;
    return numeric[1] === '-' ? -minutes : minutes;
  }
  const name = /[A-Za-z]+/.exec(text)?.[0].toLowerCase();
  return name === undefined ? JST : (ZONES[name] ?? 0);
}
