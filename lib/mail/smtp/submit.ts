import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { normaliseAddress, sendableAddress } from '#lib/mail/address.ts';
import { BodyStream } from '#lib/mail/smtp/body-stream.ts';
import {
  type RejectedRecipient,
  resultOf,
  type SmtpError,
  type SmtpPhase,
  type SmtpRecipientError,
  type SubmitResult,
} from '#lib/mail/smtp/result.ts';
import { type SmtpSettings, smtpLogin, smtpOptions } from '#lib/mail/smtp/settings.ts';

export type { SubmitResult } from '#lib/mail/smtp/result.ts';
export type { SmtpSettings } from '#lib/mail/smtp/settings.ts';

/** `from` empty is the null return path of automatic mail. `size` in bytes is announced by SIZE (RFC 1870). */
export type SubmitEnvelope = { from: string; recipients: string[]; size?: number };

export type SubmitOptions = { onDataStarted: () => Promise<void>; timeoutMs?: number };

type SendInfo = { accepted: string[]; rejected: string[]; rejectedErrors?: SmtpRecipientError[]; response: string };

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
  const connection = new SMTPConnection(smtpOptions(settings, options.timeoutMs ?? 60_000));
  let phase: SmtpPhase = 'connect';
  let refusedByUs: unknown = null;
  const body = new BodyStream(raw, async () => {
    phase = 'data';
    try {
      await options.onDataStarted();
    } catch (error) {
      refusedByUs = error ?? new Error('onDataStarted failed');
      connection.close();
      throw error;
    }
  });
  try {
    const info = await new Promise<SendInfo>((resolve, reject) => {
      connection.on('error', reject);
      connection.on('end', () => reject(new Error('Connection closed')));
      connection.connect((error) => {
        if (error) return reject(error);
        const send = () => {
          phase = 'envelope';
          const to = envelope.recipients.map(sendableAddress);
          const from = envelope.from === '' ? false : sendableAddress(envelope.from);
          connection.send({ from, to, size: envelope.size ?? raw.length }, body, (failure, sent) =>
            failure ? reject(failure) : resolve(sent as SendInfo),
          );
        };
        if (!settings.user) return send();
        phase = 'auth';
        connection.login(smtpLogin(settings), (failure) => (failure ? reject(failure) : send()));
      });
    });
    connection.quit();
    return sentResult(info, envelope.recipients);
  } catch (error) {
    connection.close();
    body.destroy();
    if (refusedByUs) throw refusedByUs;
    return resultOf(error as SmtpError, phase, body.left);
  }
}

/** Gives every address back in the spelling of the caller. */
function sentResult(info: SendInfo, recipients: readonly string[]): SubmitResult {
  const spelling = (address: string) =>
    recipients.find((r) => normaliseAddress(r) === normaliseAddress(address)) ?? address;
  const rejected: RejectedRecipient[] = info.rejected.map((address) => {
    const why = info.rejectedErrors?.find((e) => e.recipient === address);
    return { address: spelling(address), code: why?.responseCode ?? null, words: why?.response ?? why?.message ?? '' };
  });
  return { kind: 'sent', accepted: info.accepted.map(spelling), rejected, response: info.response };
}

export { testSmtp } from '#lib/mail/smtp/test-smtp.ts';
