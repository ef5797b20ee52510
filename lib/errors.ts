import { randomBytes } from 'node:crypto';
import { log } from '#lib/log.ts';

export type ErrorCode = 'NotFound' | 'Forbidden' | 'Invalid' | 'Conflict' | 'Unavailable';
export type ErrorParams = Record<string, string | number>;

/** The five errors a person may read: a code, a reason (a key of messages/<lang>/errors.json), its parameters, a field. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly params: ErrorParams;
  readonly field?: string;

  constructor(code: ErrorCode, reason: string, params: ErrorParams = {}, field?: string) {
    super(`${code}: ${reason}`);
    this.name = 'AppError';
    this.code = code;
    this.reason = reason;
    this.params = params;
    if (field !== undefined) this.field = field;
  }
}

/** Isn't there, or isn't visible to this actor: the two must look the same. */
export const notFound = (reason = 'notFound', params?: ErrorParams) => new AppError('NotFound', reason, params);
/** Visible, but this actor may not do it. */
export const forbidden = (reason = 'forbidden', params?: ErrorParams) => new AppError('Forbidden', reason, params);
/** The input is wrong; `field` says which one. */
export const invalid = (reason: string, params?: ErrorParams, field?: string) =>
  new AppError('Invalid', reason, params, field);
/** Somebody else was faster; params say who and what. */
export const conflict = (reason: string, params?: ErrorParams) => new AppError('Conflict', reason, params);
/** Not now: try again. */
export const unavailable = (reason = 'unavailable', params?: ErrorParams) =>
  new AppError('Unavailable', reason, params);

// By shape, not by class: a bundler may load this module twice, and `instanceof` would then say no.
export const isAppError = (error: unknown): error is AppError =>
  error instanceof AppError || (error instanceof Error && error.name === 'AppError' && 'reason' in error);

const STATUS: Record<ErrorCode, number> = {
  NotFound: 404,
  Forbidden: 403,
  Invalid: 422,
  Conflict: 409,
  Unavailable: 503,
};

export type Problem = {
  status: number;
  body: {
    error: { code: ErrorCode | 'Unexpected'; reason: string; params: ErrorParams; field?: string; id?: string };
  };
};

/**
 * What the outside may know of any thrown thing: one of the five with its HTTP status, or 500 with nothing but the id
 * under which the rest stands in the log.
 */
export function toProblem(error: unknown): Problem {
  const known = isAppError(error) ? error : (fromZod(error) ?? fromDatabase(error));
  if (known) {
    const { code, reason, params, field } = known;
    return { status: STATUS[code], body: { error: { code, reason, params, ...(field ? { field } : {}) } } };
  }
  const id = randomBytes(4).toString('hex');
  log.error('unexpected', { id, error });
  return { status: 500, body: { error: { code: 'Unexpected', reason: 'unexpected', params: { id }, id } } };
}

type Issue = {
  code: string;
  message: string;
  path: PropertyKey[];
  input?: unknown;
  minimum?: number;
  maximum?: number;
};

const isReason = (message: string): boolean => /^[a-z][A-Za-z0-9.]*$/.test(message);

// A schema may say the reason itself (`z.string().min(1, 'required')`); else it comes from the kind of the issue.
function reasonOf(issue: Issue): string {
  if (isReason(issue.message)) return issue.message;
  if (issue.code === 'too_small') return issue.minimum === 1 ? 'required' : 'tooSmall';
  if (issue.code === 'too_big') return 'tooLarge';
  if (issue.code === 'invalid_type' && / undefined$/.test(issue.message)) return 'required';
  return 'invalidValue';
}

function fromZod(error: unknown): AppError | null {
  if (!(error instanceof Error) || !/^\$?ZodError$/.test(error.name)) return null;
  const issue = (error as unknown as { issues: Issue[] }).issues[0];
  if (!issue) return null;
  const params: ErrorParams = {};
  if (typeof issue.minimum === 'number') params.minimum = issue.minimum;
  if (typeof issue.maximum === 'number') params.maximum = issue.maximum;
  return invalid(reasonOf(issue), params, issue.path.map(String).join('.') || undefined);
}

// Prisma's own words for a database that is away or has no time: P1xxx, no connection, no transaction in time, deadlock.
const PRISMA_BUSY = /^P(1\d{3}|2024|2028|2034|2037)$/;
// SQLSTATE classes that say nothing about the data: connection, rolled back, no resources, wrong state, operator, system.
const STATE_BUSY = /^(08|40|53|55|57|58|XX)[0-9A-Z]{3}$/;
const WORDS_BUSY =
  /timeout exceeded when trying to connect|Unable to start a transaction in the given time|Connection terminated|ECONNRE(FUSED|SET)/i;

type DriverError = { originalCode?: unknown; kind?: unknown };
type DatabaseError = Error & {
  code?: unknown;
  meta?: { driverAdapterError?: { cause?: DriverError } };
  cause?: DriverError;
};

function fromDatabase(error: unknown): AppError | null {
  if (!(error instanceof Error)) return null;
  const { code, meta, cause } = error as DatabaseError;
  // A raw statement fails as P2010; what PostgreSQL said hangs below it.
  const driver = meta?.driverAdapterError?.cause ?? cause;
  const codes = [code, driver?.originalCode].map(String);
  const busy =
    codes.some((text) => PRISMA_BUSY.test(text) || STATE_BUSY.test(text)) ||
    /^(DatabaseNotReachable|ConnectionClosed|SocketTimeout|TransactionWriteConflict|TooManyConnections)$/.test(
      String(driver?.kind),
    ) ||
    WORDS_BUSY.test(error.message);
  if (!busy) return null;
  log.warn('database.unavailable', { error });
  return unavailable('busy');
}
