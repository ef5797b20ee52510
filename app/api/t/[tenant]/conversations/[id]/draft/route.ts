import { idFrom, jsonBody } from '#app/_entry/input.ts';
import { json, jsonRoute, memberRoute } from '#app/_entry/route.ts';
import { DRAFT_BYTES, draftInput } from '#app/api/t/[tenant]/conversations/[id]/draft/input.ts';
import { asMember } from '#lib/auth/membership.ts';
import { discardDraft, saveDraft } from '#lib/outbox/draft.ts';

type Params = { tenant: string; id: string };

/** Saves my draft of a reply. */
export const PUT = memberRoute<Params>(async (member, { request, params }) => {
  const id = idFrom(params.id);
  const input = draftInput.parse(await jsonBody(request, DRAFT_BYTES));
  return json(await asMember(member, (scope) => saveDraft(scope, id, input)));
});

/** Throws it away. */
export const DELETE = jsonRoute<Params>((scope, { params }) => discardDraft(scope, idFrom(params.id)));
