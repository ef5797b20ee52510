import { download } from '#app/_entry/file.ts';
import { idFrom } from '#app/_entry/input.ts';
import { memberRoute } from '#app/_entry/route.ts';
import { openQuarantined } from '#lib/accounts/quarantine.ts';
import { asMember } from '#lib/auth/membership.ts';

/** The original of a mail that couldn't be read, to be saved. */
export const GET = memberRoute<{ tenant: string; id: string }>(async (member, { params }) => {
  const id = idFrom(params.id);
  const { sha256, filename } = await asMember(member, (scope) => openQuarantined(scope, id));
  return download(member.tenant.id, { sha256, filename, contentType: 'message/rfc822' });
});
