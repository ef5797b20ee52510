import { jsonRoute } from '#app/_entry/route.ts';
import { listQuery } from '#app/api/t/[tenant]/conversations/query.ts';
import { listConversations } from '#lib/conversations/list.ts';

/** One page of a view. */
export const GET = jsonRoute<{ tenant: string }>((scope, { request }) => {
  const { view, mailbox, cursor } = listQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
  return listConversations(scope, { view, mailboxId: mailbox, cursor });
});
