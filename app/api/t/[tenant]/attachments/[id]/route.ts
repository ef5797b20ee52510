import { download } from '#app/_entry/file.ts';
import { idFrom } from '#app/_entry/input.ts';
import { memberRoute } from '#app/_entry/route.ts';
import { openAttachment } from '#lib/attachments/open.ts';
import { asMember } from '#lib/auth/membership.ts';

/** An attachment, to save. */
export const GET = memberRoute<{ tenant: string; id: string }>(async (member, { params }) => {
  const id = idFrom(params.id);
  const found = await asMember(member, (scope) => openAttachment(scope, id));
  return download(member.tenant.id, found);
});
