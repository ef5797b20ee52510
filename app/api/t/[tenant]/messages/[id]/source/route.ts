import { idFrom } from '#app/_entry/input.ts';
import { jsonRoute } from '#app/_entry/route.ts';
import { readMailSource } from '#lib/conversations/mail-source.ts';

/** All headers of a mail, decoded and as they came. */
export const GET = jsonRoute<{ tenant: string; id: string }>((scope, { params }) =>
  readMailSource(scope, idFrom(params.id)),
);
