import { apiHeaders } from '#app/_entry/headers.ts';
import { memberRoute } from '#app/_entry/route.ts';
import { eventStream } from '#app/api/t/[tenant]/stream/events.ts';

/** What changes in this company, as it happens (server-sent events): ids and versions, never content. */
export const GET = memberRoute<{ tenant: string }>(async (member, { request }) => {
  const headers = {
    ...apiHeaders(),
    'Content-Type': 'text/event-stream; charset=utf-8',
    // No compression and no buffering on the way: an event must leave at once.
    'Cache-Control': 'private, no-store, no-transform',
    'X-Accel-Buffering': 'no',
  };
  return new Response(await eventStream(member, request.signal), { headers });
});
