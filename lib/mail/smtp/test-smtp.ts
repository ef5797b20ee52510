import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { failureOf, type TestFailure, type TestStep, testName } from '#lib/mail/connection-test.ts';
import { type SmtpSettings, smtpLogin, smtpOptions } from '#lib/mail/smtp/settings.ts';

/** Tries name, connection, TLS and sign-in step by step and sends nothing. `timeoutMs` (default 15,000) bounds each step. */
export async function testSmtp(settings: SmtpSettings, timeoutMs = 15_000): Promise<{ ok: true } | TestFailure> {
  const unknown = await testName(settings.host);
  if (unknown) return unknown;
  let step: TestStep = 'connect';
  const connection = new SMTPConnection(smtpOptions(settings, timeoutMs));
  try {
    await new Promise<void>((resolve, reject) => {
      connection.on('error', reject);
      connection.connect((error) => {
        if (error) return reject(error);
        if (!settings.user) return resolve();
        step = 'login';
        connection.login(smtpLogin(settings), (failure) => (failure ? reject(failure) : resolve()));
      });
    });
    connection.quit();
    return { ok: true };
  } catch (error) {
    connection.close();
    return failureOf(error, step);
  }
}
