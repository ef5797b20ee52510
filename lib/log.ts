import { env } from '#lib/env.ts';

export type LogFields = Record<string, unknown>;

// Words of a field's name that may hold what customers wrote or who they are. Better one field too many than one too few.
const PRIVATE =
  /^(e?mails?|addresse?s?|subject|title|text|html|body|content|names?|recipients?|phone|password|secret|token|hash|cookie|authorization)$/;
const EXACTLY = new Set(['from', 'to', 'cc', 'bcc']);
// "name@host" inside any string, for instance in an SMTP server's answer. Not the "/@scope" of a stack frame.
const ADDRESS = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*/gu;

const RANK = { info: 0, warn: 1, error: 2, silent: 3 };

function write(level: 'info' | 'warn' | 'error', event: string, fields: LogFields = {}): void {
  if (RANK[level] < RANK[env.logLevel]) return;
  const line = { at: new Date().toISOString(), level, event, ...(redact(fields, 0) as LogFields) };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const isPrivate = (key: string): boolean =>
  EXACTLY.has(key) || key.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).some((word) => PRIVATE.test(word.toLowerCase()));

function redact(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.replace(ADDRESS, '[address]').slice(0, 2000);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value;
  if (value instanceof Error) return describe(value, depth);
  if (depth > 3) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redact(item, depth + 1));
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([k, v]) => [k, isPrivate(k) ? '[redacted]' : redact(v, depth + 1)]));
}

// Prisma prints the whole call with its data before its last line, and a stack begins with the message.
function describe(error: Error, depth: number): LogFields {
  const lines = error.message.split('\n').filter((line) => line.trim() !== '');
  const message = error.name.startsWith('PrismaClient') ? lines.at(-1) : error.message;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return {
    kind: error.name,
    code: (error as { code?: unknown }).code,
    message: redact(message ?? '', depth),
    stack: frames.slice(0, 12).map((line) => line.trim()),
    ...(error.cause instanceof Error && depth < 3 ? { cause: describe(error.cause, depth + 1) } : {}),
  };
}

/**
 * One JSON line on stdout: `event` is a fixed dotted word ("delivery.failed"), `fields` are ids, codes and counts.
 * Fields whose name promises content, addresses or names are redacted, and addresses inside strings too.
 */
export const log = {
  info: (event: string, fields?: LogFields): void => write('info', event, fields),
  warn: (event: string, fields?: LogFields): void => write('warn', event, fields),
  error: (event: string, fields?: LogFields): void => write('error', event, fields),
};
