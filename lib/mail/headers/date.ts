const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Obsolete zone names of RFC 5322 4.3, and the ones Japan's mailers write; minutes east of UTC. */
const ZONES: Record<string, number> = {
  jst: 540,
  utc: 0,
  gmt: 0,
  ut: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  kst: 540,
};
const RFC =
  /(\d{1,2})\s+([A-Za-z]{3})[a-z]*\.?\s+(\d{2,4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{4}|[+-]\d{1,2}:\d{2}|[A-Za-z]{1,5})?/;
const ISO =
  /(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([+-]\d{2}:?\d{2}|Z|[A-Za-z]{3,4})?/;

/**
 * The instant a Date header means, or null if it can't be read. Takes two- and three-digit years (RFC 5322 4.3), zone names,
 * ISO-like and asctime forms; a missing zone is Japan's. It may lie: order mails by the server's receipt time.
 */
export function parseMailDate(raw: string): Date | null {
  const text = raw.slice(0, 200).replace(/,/g, ' ');
  const rfc = RFC.exec(text);
  if (rfc) {
    const [, day, month = '', year = '', hour, minute, second, zone] = rfc;
    return build(
      fullYear(year),
      MONTHS.indexOf(month.toLowerCase()),
      Number(day),
      Number(hour),
      Number(minute),
      Number(second ?? 0),
      zone,
    );
  }
  const iso = ISO.exec(text);
  if (iso) {
    const [, year, month, day, hour, minute, second, zone] = iso;
    return build(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second ?? 0), zone);
  }
  const asctime = /([A-Za-z]{3})\s+(\d{1,2})\s+(\d{1,2}):(\d{2}):(\d{2})\s+(?:([A-Za-z]{3,4})\s+)?(\d{4})/.exec(text);
  if (!asctime) return null;
  const [, month = '', day, hour, minute, second, zone, year] = asctime;
  return build(
    Number(year),
    MONTHS.indexOf(month.toLowerCase()),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    zone,
  );
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length >= 4) return year;
  return text.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

function build(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  zone?: string,
): Date | null {
  if (
    month < 0 ||
    month > 11 ||
    day < 1 ||
    day > 31 ||
    hour > 24 ||
    minute > 59 ||
    second > 60 ||
    year < 1970 ||
    year > 9999
  )
    return null;
  const time = Date.UTC(year, month, day, hour, minute, Math.min(second, 59)) - offsetMinutes(zone) * 60_000;
  return Number.isNaN(time) ? null : new Date(time);
}

function offsetMinutes(zone: string | undefined): number {
  if (!zone) return 540;
  const numeric = /^([+-])(\d{1,2}):?(\d{2})$/.exec(zone);
  if (numeric) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3]);
    return minutes > 14 * 60 ? 540 : numeric[1] === '-' ? -minutes : minutes;
  }
  return ZONES[zone.toLowerCase()] ?? 0;
}
