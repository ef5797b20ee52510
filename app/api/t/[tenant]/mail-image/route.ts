import { z } from 'zod';
import { remoteImage } from '#app/_entry/file.ts';
import { idFrom } from '#app/_entry/input.ts';
import { memberRoute } from '#app/_entry/route.ts';
import { fetchRemoteImage } from '#lib/attachments/remote-image.ts';
import { asMember } from '#lib/auth/membership.ts';
import { allowMailImage } from '#lib/conversations/mail-image.ts';

const query = z.object({ m: z.string(), u: z.string().max(8000), s: z.string().max(100) });

/** A picture from outside, fetched by us: its host learns nothing of who reads the mail. */
export const GET = memberRoute<{ tenant: string }>(async (member, { request }) => {
  const { m, u, s } = query.parse(Object.fromEntries(new URL(request.url).searchParams));
  const messageId = idFrom(m);
  await asMember(member, (scope) => allowMailImage(scope, { messageId, url: u, signature: s }));
  return remoteImage(await fetchRemoteImage(member.tenant.id, u));
});
