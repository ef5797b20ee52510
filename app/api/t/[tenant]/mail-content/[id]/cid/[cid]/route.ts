import { inlineImage } from '#app/_entry/file.ts';
import { idFrom } from '#app/_entry/input.ts';
import { memberRoute } from '#app/_entry/route.ts';
import { openInline } from '#lib/attachments/open.ts';
import { asMember } from '#lib/auth/membership.ts';

/** An image inside a mail, by its Content-ID. */
export const GET = memberRoute<{ tenant: string; id: string; cid: string }>(async (member, { params }) => {
  const id = idFrom(params.id);
  const found = await asMember(member, (scope) => openInline(scope, id, decodeURIComponent(params.cid)));
  return inlineImage(member.tenant.id, found);
});
