import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useNow } from '#components/time/useNow.ts';
import { dayNumber, wallOf } from '#components/time/zoned.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** How moments are written here, in the tenant's zone (design.md 6): 14:31, 昨日, 11月14日（土）9:12, 12分. */
export function useWhen() {
  const t = useTranslations('common.time');
  const locale = useLocale();
  const zone = useTimeZone() ?? 'Asia/Tokyo';
  const now = useNow();
  return useMemo(() => {
    const today = wallOf(new Date(now), zone);
    const clock = (iso: string) => {
      const wall = wallOf(new Date(iso), zone);
      return `${wall.hour}:${two(wall.minute)}`;
    };
    const daysAgo = (iso: string) => dayNumber(today) - dayNumber(wallOf(new Date(iso), zone));
    const month = new Intl.DateTimeFormat(locale, { timeZone: zone, month: 'short' });
    const weekday = new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'short' });

    const date = (iso: string) => {
      const at = new Date(iso);
      const wall = wallOf(at, zone);
      const values = { month: month.format(at), day: wall.day, weekday: weekday.format(at), year: wall.year };
      return wall.year === today.year ? t('date', values) : t('dateYear', values);
    };
    /** In a list: the time today, 昨日, else month and day. */
    const short = (iso: string) => {
      const days = daysAgo(iso);
      if (days === 0) return clock(iso);
      if (days === 1) return t('yesterday');
      const wall = wallOf(new Date(iso), zone);
      return wall.year === today.year ? `${wall.month}/${wall.day}` : `${wall.year}/${wall.month}/${wall.day}`;
    };
    /** On a mail: day and time. */
    const full = (iso: string) => {
      const days = daysAgo(iso);
      if (days === 0) return t('todayAt', { time: clock(iso) });
      if (days === 1) return t('yesterdayAt', { time: clock(iso) });
      if (days === -1) return t('tomorrowAt', { time: clock(iso) });
      return t('dateAt', { date: date(iso), time: clock(iso) });
    };
    /** On an event: the time if today, else with its day. */
    const brief = (iso: string) => (daysAgo(iso) === 0 ? clock(iso) : full(iso));
    /** How long since then, in the largest useful unit; what has just begun is one minute. */
    const age = (iso: string) => {
      const minutes = Math.max(1, Math.floor((now - Date.parse(iso)) / 60_000));
      if (minutes < 60) return t('minutes', { count: minutes });
      if (minutes < 48 * 60) return t('hours', { count: Math.floor(minutes / 60) });
      return t('days', { count: Math.floor(minutes / 1440) });
    };
    return { now, zone, clock, date, short, full, brief, age, daysAgo };
  }, [locale, now, t, zone]);
}

export type When = ReturnType<typeof useWhen>;
