import type { Scope } from '#lib/db/scope.ts';
import type { ReadMail } from '#lib/inbound/read-raw.ts';

/** When a mail happened: the server's receipt, never in our future (a server's clock may run ahead). */
export function momentOf(scope: Pick<Scope, 'now'>, { raw }: Pick<ReadMail, 'raw'>): Date {
  return new Date(Math.min(raw.internalDate.getTime(), scope.now.getTime()));
}
