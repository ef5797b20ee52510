import { idFrom } from '#app/_entry/input.ts';
import { jsonRoute } from '#app/_entry/route.ts';
import { readConversation } from '#lib/conversations/read.ts';

/** One conversation with all its mails, comments and events. */
export const GET = jsonRoute<{ tenant: string; id: string }>((scope, { params }) =>
  readConversation(scope, idFrom(params.id)),
);
