import { normaliseAddress, sendableAddress } from '#lib/mail/address.ts';
import { BodyStream } from '#lib/mail/smtp/body-stream.ts';
import { type Line, untilLost } from '#lib/mail/smtp/line.ts';
import {
  type RejectedRecipient,
  rejection,
  resultOf,
  type SmtpError,
  type SmtpPhase,
  type SmtpRecipientError,
  type SubmitResult,
} from '#lib/mail/smtp/result.ts';

/** `from` empty is the null return path of automatic mail. `size` in bytes is announced by SIZE (RFC 1870). */
export type SubmitEnvelope = { from: string; recipients: string[]; size?: number };

/** Asked when the server wants the body: told whom it has refused by then, it may still say no by rejecting. */
export type Begin = (rejected: RejectedRecipient[]) => Promise<void>;

type SendInfo = { accepted: string[]; rejectedErrors?: SmtpRecipientError[]; response: string };
/** nodemailer notes the answers to RCPT on the envelope it was given, while they come. */
type Dialogue = {
  from: string | false;
  to: string[];
  size: number;
  rejectedErrors?: SmtpRecipientError[];
};

/** The end of one mail on a line, and whether the body had begun. */
export type Sending = { result: SubmitResult; begun: boolean };

/**
 * Sends one mail on a signed-in line. After the server's 354 and before the first byte of the body `begin` is awaited; if it
 * rejects, the line is dropped with nothing sent and its error is thrown on. After anything but `sent` the line is closed.
 */
export async function sendOnLine(
  { connection }: Line,
  envelope: SubmitEnvelope,
  raw: Buffer,
  begin: Begin,
): Promise<Sending> {
  let phase: SmtpPhase = 'envelope';
  let refusedByUs: unknown = null;
  const dialogue: Dialogue = {
    from: envelope.from === '' ? false : sendableAddress(envelope.from),
    to: envelope.recipients.map(sendableAddress),
    size: envelope.size ?? raw.length,
  };
  const body = new BodyStream(raw, async () => {
    phase = 'data';
    try {
      await begin(spelt(dialogue.rejectedErrors ?? [], envelope.recipients));
    } catch (error) {
      refusedByUs = error ?? new Error('begin failed');
      connection.close();
      throw error;
    }
  });
  try {
    const info = await untilLost<SendInfo>(connection, (resolve, reject) =>
      connection.send(dialogue, body, (failure, sent) => (failure ? reject(failure) : resolve(sent as SendInfo))),
    );
    // Half a yes, or one before the whole body was there, is no answer to it.
    if (!body.left || !/^2\d\d/.test(info.response)) throw new Error(`No answer to the mail: ${info.response}`);
    return { result: sentResult(info, envelope.recipients), begun: true };
  } catch (error) {
    const { left } = body;
    connection.close();
    body.destroy();
    if (refusedByUs) throw refusedByUs;
    return { result: spellResult(resultOf(error as SmtpError, phase, left), envelope), begun: wasBegun(phase) };
  }
}

// A function, as TypeScript doesn't see the stream change `phase`.
const wasBegun = (phase: SmtpPhase): boolean => phase === 'data';

function sentResult(info: SendInfo, recipients: readonly string[]): SubmitResult {
  return {
    kind: 'sent',
    accepted: info.accepted.map((address) => asGiven(address, recipients)),
    rejected: spelt(info.rejectedErrors ?? [], recipients),
    response: info.response,
  };
}

const spellResult = (result: SubmitResult, { recipients }: SubmitEnvelope): SubmitResult =>
  result.kind === 'refused' && result.rejected
    ? { ...result, rejected: result.rejected.map((r) => ({ ...r, address: asGiven(r.address, recipients) })) }
    : result;

const spelt = (errors: readonly SmtpRecipientError[], recipients: readonly string[]): RejectedRecipient[] =>
  errors.map(rejection).map((r) => ({ ...r, address: asGiven(r.address, recipients) }));

/** Gives an address back in the spelling of the caller. */
const asGiven = (address: string, recipients: readonly string[]): string =>
  recipients.find((r) => sendableAddress(r) === address) ??
  recipients.find((r) => normaliseAddress(r) === normaliseAddress(address)) ??
  address;
