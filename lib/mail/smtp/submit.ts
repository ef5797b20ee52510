import { keepLine, takeLine } from '#lib/mail/smtp/idle-lines.ts';
import { NotOpened, openLine } from '#lib/mail/smtp/line.ts';
import { resultOf, type SmtpError, type SubmitResult } from '#lib/mail/smtp/result.ts';
import { type Begin, type Sending, type SubmitEnvelope, sendOnLine } from '#lib/mail/smtp/send-on-line.ts';
import type { SmtpSettings } from '#lib/mail/smtp/settings.ts';

export { closeIdleLines } from '#lib/mail/smtp/idle-lines.ts';
export type { RejectedRecipient, SubmitResult } from '#lib/mail/smtp/result.ts';
export type { SubmitEnvelope } from '#lib/mail/smtp/send-on-line.ts';
export type { SmtpSettings } from '#lib/mail/smtp/settings.ts';

export type SubmitOptions = {
  onDataStarted: Begin;
  timeoutMs?: number;
  /** Goes on a line that an earlier mail has opened, and leaves it open for the next. */
  keepOpen?: boolean | { mailsPerLine: number };
};

/**
 * Submits one mail and says what is known of its fate. After the server's 354 and before the first byte of the body,
 * `onDataStarted` is awaited (commit data_started_at there); if it rejects, the line is dropped with nothing sent and its error
 * is thrown on. Everything a server or network does wrong is a value. `timeoutMs` (default 60,000) bounds each silence.
 */
export async function submitMail(
  settings: SmtpSettings,
  envelope: SubmitEnvelope,
  raw: Buffer,
  options: SubmitOptions,
): Promise<SubmitResult> {
  const kept = options.keepOpen ? takeLine(settings) : null;
  if (kept) {
    const sending = await sendOnLine(kept, envelope, raw, options.onDataStarted);
    if (sending.result.kind === 'sent') keep(settings, kept, options);
    // The server had left the line while it was idle: that is no fault of this mail, which takes a new one at once.
    if (!isStale(sending)) return sending.result;
  }
  try {
    const line = await openLine(settings, options.timeoutMs ?? 60_000);
    const { result } = await sendOnLine(line, envelope, raw, options.onDataStarted);
    if (result.kind !== 'sent') return result;
    if (options.keepOpen) keep(settings, line, options);
    else line.connection.quit();
    return result;
  } catch (error) {
    if (!(error instanceof NotOpened)) throw error;
    return resultOf(error.cause as SmtpError, error.phase, false);
  }
}

function keep(settings: SmtpSettings, line: Parameters<typeof keepLine>[1], { keepOpen }: SubmitOptions): void {
  keepLine(settings, line, typeof keepOpen === 'object' ? keepOpen.mailsPerLine : undefined);
}

const isStale = ({ result, begun }: Sending): boolean =>
  !begun && (result.kind === 'retry' || (result.kind === 'refused' && result.code === 421));

export { testSmtp } from '#lib/mail/smtp/test-smtp.ts';
