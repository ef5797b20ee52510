import { createHash } from 'node:crypto';
import type { Line } from '#lib/mail/smtp/line.ts';
import type { SmtpSettings } from '#lib/mail/smtp/settings.ts';

/** How long a signed-in line waits for the next mail, milliseconds: shorter than any server's own patience. */
const IDLE_MS = 10_000;
/** Mails one line carries when nobody says otherwise. */
const MAILS_PER_LINE = 50;

type Idle = { line: Line; timer: NodeJS.Timeout };
/** By server and sign-in: a changed password opens a new line. */
const idle = new Map<string, Idle[]>();

/** A line that is signed in and free, or null. Lines whose server has left are forgotten on the way. */
export function takeLine(settings: SmtpSettings): Line | null {
  const waiting = idle.get(keyOf(settings)) ?? [];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    clearTimeout(next.timer);
    if (!next.line.connection.destroyed) return next.line;
  }
  return null;
}

/** Keeps a line for the next mail, or ends it when it has carried enough. */
export function keepLine(settings: SmtpSettings, line: Line, mailsPerLine = MAILS_PER_LINE): void {
  line.mails += 1;
  if (line.mails >= mailsPerLine || line.connection.destroyed) {
    line.connection.quit();
    return;
  }
  const key = keyOf(settings);
  const entry: Idle = { line, timer: setTimeout(() => end(key, entry), IDLE_MS) };
  entry.timer.unref();
  idle.set(key, [...(idle.get(key) ?? []), entry]);
}

/** Ends every free line; what is in use isn't touched. */
export function closeIdleLines(): void {
  for (const [key, entries] of idle) for (const entry of [...entries]) end(key, entry);
}

function end(key: string, entry: Idle): void {
  clearTimeout(entry.timer);
  const others = (idle.get(key) ?? []).filter((other) => other !== entry);
  if (others.length > 0) idle.set(key, others);
  else idle.delete(key);
  entry.line.connection.quit();
}

const keyOf = (settings: SmtpSettings): string => createHash('sha256').update(JSON.stringify(settings)).digest('hex');
