import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SmtpPhase } from '#lib/mail/smtp/result.ts';
import { type SmtpSettings, smtpLogin, smtpOptions } from '#lib/mail/smtp/settings.ts';

/** A signed-in connection and how many mails it has carried. */
export type Line = { connection: SMTPConnection; mails: number };

/** A line that could not be opened; `phase` says how far it came. */
export class NotOpened extends Error {
  readonly phase: SmtpPhase;
  constructor(cause: Error, phase: SmtpPhase) {
    super(cause.message, { cause });
    this.phase = phase;
  }
}

/** Connects, secures and signs in. Rejects with NotOpened; nothing of any mail has left us by then. */
export async function openLine(settings: SmtpSettings, timeoutMs: number): Promise<Line> {
  const connection = new SMTPConnection(smtpOptions(settings, timeoutMs));
  // Whoever waits on the connection listens too; without a listener at all an error would end the process.
  connection.on('error', () => {});
  let phase: SmtpPhase = 'connect';
  try {
    await untilLost(connection, (resolve, reject) => {
      connection.connect((error) => {
        if (error) return reject(error);
        if (!settings.user) return resolve(undefined);
        phase = 'auth';
        connection.login(smtpLogin(settings), (failure) => (failure ? reject(failure) : resolve(undefined)));
      });
    });
    return { connection, mails: 0 };
  } catch (error) {
    connection.close();
    throw new NotOpened(error as Error, phase);
  }
}

/** Runs a step of the dialogue; rejects when the line is lost before the step has an end. */
export async function untilLost<T>(
  connection: SMTPConnection,
  step: (resolve: (value: T) => void, reject: (error: Error) => void) => void,
): Promise<T> {
  let lost: ((error?: Error) => void) | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      lost = (error) => reject(error ?? new Error('Connection closed'));
      connection.on('error', lost);
      connection.on('end', lost);
      step(resolve, reject);
    });
  } finally {
    if (lost) {
      connection.off('error', lost);
      connection.off('end', lost);
    }
  }
}
