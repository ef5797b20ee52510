import { download } from '#app/_entry/file.ts';
import { idFrom } from '#app/_entry/input.ts';
import { memberRoute } from '#app/_entry/route.ts';
import { openRaw } from '#lib/attachments/open.ts';
import { asMember } from '#lib/auth/membership.ts';

/** A mail as it came in, to save. */
export const GET = memberRoute<{ tenant: string; id: string }>(async (member, { params }) => {
  const id = idFrom(params.id);
  const { sha256, filename } = await asMember(member, (scope) => openRaw(scope, id));
  return download(member.tenant.id, { sha256, filename, contentType: 'message/rfc822' });
});
