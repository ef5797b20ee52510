import { textUpTo } from '#app/_entry/fields.ts';
import { inlineImage } from '#app/_entry/file.ts';
import { idFrom } from '#app/_entry/input.ts';
import { memberRoute } from '#app/_entry/route.ts';
import { openInline } from '#lib/attachments/open.ts';
import { asMember } from '#lib/auth/membership.ts';

// RFC 2045 sets no length; a header line has 998 octets.
const contentId = textUpTo(998);

/** An image inside a mail, by its Content-ID. */
export const GET = memberRoute<{ tenant: string; id: string; cid: string }>(async (member, { params }) => {
  const id = idFrom(params.id);
  const cid = contentId.parse(params.cid);
  const found = await asMember(member, (scope) => openInline(scope, id, cid));
  return inlineImage(member.tenant.id, found);
});
