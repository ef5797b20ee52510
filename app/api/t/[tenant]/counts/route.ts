import { jsonRoute } from '#app/_entry/route.ts';
import { countConversations } from '#lib/conversations/counts.ts';

/** The numbers beside the views and 窓口. */
export const GET = jsonRoute<{ tenant: string }>((scope) => countConversations(scope));
