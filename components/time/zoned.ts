/** Wall-clock arithmetic in the tenant's zone; the browser's own zone never matters here. */
export type Wall = { year: number; month: number; day: number; hour: number; minute: number; weekday: number };

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

export function wallOf(at: Date, zone: string): Wall {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
  return { year, month, day, hour, minute, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
}

/** Calendar days since 1970-01-01 on that wall: the difference of two is "yesterday" or "tomorrow". */
export const dayNumber = (wall: Wall): number => Math.floor(Date.UTC(wall.year, wall.month - 1, wall.day) / 86_400_000);

const asUtc = (wall: Wall): number => Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);

/** The instant at which the wall in `zone` shows `local` (YYYY-MM-DDTHH:mm); null when the text is no date. */
export function instantOf(local: string, zone: string): Date | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(local);
  if (!found) return null;
  const [year, month, day, hour, minute] = found.slice(1).map(Number) as [number, number, number, number, number];
  const wanted = Date.UTC(year, month - 1, day, hour, minute);
  // Twice: the first guess may lie on the other side of a change to or from summer time.
  let guess = wanted;
  for (let i = 0; i < 2; i++) guess += wanted - asUtc(wallOf(new Date(guess), zone));
  return new Date(guess);
}

const two = (value: number) => String(value).padStart(2, '0');

/** What <input type="datetime-local"> wants, in the zone. */
export function localInput(at: Date, zone: string): string {
  const wall = wallOf(at, zone);
  return `${wall.year}-${two(wall.month)}-${two(wall.day)}T${two(wall.hour)}:${two(wall.minute)}`;
}

/** `hour` o'clock on the zone's wall, `days` after the day of `from`. */
export function atHour(from: Date, zone: string, days: number, hour: number): Date {
  const wall = wallOf(from, zone);
  const day = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + days));
  const local = `${day.getUTCFullYear()}-${two(day.getUTCMonth() + 1)}-${two(day.getUTCDate())}T${two(hour)}:00`;
  return instantOf(local, zone) as Date;
}
