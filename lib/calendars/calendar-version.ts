export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** Hours of a day in local wall time, [from, to): ["09:00", "18:00"]; "24:00" is allowed as to, midnight is never crossed. */
export type Hours = [from: string, to: string][];

/**
 * One version of a 窓口's calendar (kpi-fold.md 17, 19). `special` replaces a day, then `closed` closes it, then `week`
 * holds; a weekday that isn't there has no hours. Treat it as immutable: what is computed from it is kept.
 */
export type CalendarVersion = {
  /** An instant or a date; either way the version governs whole local days from that date on. */
  validFrom: string;
  /** IANA name, "Asia/Tokyo". */
  zone: string;
  week: Partial<Record<Weekday, Hours>>;
  /** Dates, "2026-11-23". */
  closed: string[];
  special: Record<string, Hours>;
};

/** Whole seconds since 1970, [start, end). */
export type Interval = { start: number; end: number };
