import { jsonRoute } from '#app/_entry/route.ts';
import { inboxShell } from '#lib/conversations/shell.ts';

/** What the inbox's frame needs once: 窓口, members, what I may. */
export const GET = jsonRoute<{ tenant: string }>((scope, _asked, { tenant: { id: _, ...shown } }) =>
  inboxShell(scope, shown),
);
