import { z } from 'zod';
import { contentSeq } from '#app/_entry/fields.ts';
import { idFrom, jsonBody } from '#app/_entry/input.ts';
import { json, memberRoute } from '#app/_entry/route.ts';
import { asMember } from '#lib/auth/membership.ts';
import { markRead } from '#lib/conversations/read-mark.ts';

const input = z.object({ contentSeq });

/** I have read up to here. */
export const POST = memberRoute<{ tenant: string; id: string }>(async (member, { request, params }) => {
  const id = idFrom(params.id);
  const read = input.parse(await jsonBody(request, 1000));
  return json(await asMember(member, (scope) => markRead(scope, id, read.contentSeq)));
});
