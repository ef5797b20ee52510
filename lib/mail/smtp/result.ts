/** Where in the dialogue a delivery stopped. */
export type SmtpPhase = 'connect' | 'auth' | 'envelope' | 'data';

export type RejectedRecipient = { address: string; code: number | null; words: string };

/**
 * How a submission ended; `words` are the server's own.
 * sent: accepted for at least one recipient. refused: the server said no (`permanent`: 5xx; `rejected` where it said so to each
 * recipient). retry: no answer, and nothing can have been delivered. uncertain: the whole body left us and no answer came, so
 * it may have been delivered: never repeat by itself.
 */
export type SubmitResult =
  | { kind: 'sent'; accepted: string[]; rejected: RejectedRecipient[]; response: string }
  | {
      kind: 'refused';
      permanent: boolean;
      code: number | null;
      words: string;
      phase: SmtpPhase;
      rejected?: RejectedRecipient[];
    }
  | { kind: 'retry'; words: string; phase: SmtpPhase }
  | { kind: 'uncertain'; words: string };

/** What nodemailer hangs on its errors. */
export type SmtpError = Error & {
  code?: string;
  response?: string;
  responseCode?: number;
  rejectedErrors?: SmtpRecipientError[];
};
export type SmtpRecipientError = SmtpError & { recipient?: string };

/** Errors nodemailer raises by itself, before or instead of asking the server; repeating can't help. */
const OURS = new Set(['EENVELOPE', 'EMESSAGE', 'EAUTH', 'ENOAUTH']);

/** Turns an error into the value it means. `bodyLeft`: the last byte of the body was handed to the socket. */
export function resultOf(error: SmtpError, phase: SmtpPhase, bodyLeft: boolean): SubmitResult {
  const words = error.response ?? error.message;
  const refusals = error.rejectedErrors ?? [];
  if (refusals.length > 0) {
    // What can still succeed decides about the mail; each recipient keeps an answer of their own.
    const telling = refusals.find((r) => !isPermanent(r)) ?? refusals[0];
    return {
      ...{ kind: 'refused', permanent: refusals.every(isPermanent), code: telling?.responseCode ?? null },
      ...{ words: refusals.map((r) => r.response ?? r.message).join('\n'), phase: 'envelope' },
      rejected: refusals.map(rejection),
    };
  }
  // Any other number is no answer to what we asked: what became of the mail is as unknown as without one.
  if (error.responseCode && error.responseCode >= 400 && error.responseCode < 600) {
    return { kind: 'refused', permanent: error.responseCode >= 500, code: error.responseCode, words, phase };
  }
  if (bodyLeft) return { kind: 'uncertain', words };
  if (OURS.has(error.code ?? '') && phase !== 'data' && !error.responseCode)
    return { kind: 'refused', permanent: true, code: null, words, phase };
  return { kind: 'retry', words, phase };
}

/** One recipient's refusal as a value. */
export function rejection(error: SmtpRecipientError): RejectedRecipient {
  const words = error.response ?? error.message;
  return { address: error.recipient ?? '', code: error.responseCode ?? null, words };
}

const isPermanent = ({ responseCode }: SmtpError): boolean => (responseCode ?? 0) >= 500;
