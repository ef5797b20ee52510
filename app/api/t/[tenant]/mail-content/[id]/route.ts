import { html } from '#app/_entry/file.ts';
import { idFrom } from '#app/_entry/input.ts';
import { memberRoute } from '#app/_entry/route.ts';
import { asMember } from '#lib/auth/membership.ts';
import { readMailHtml } from '#lib/conversations/mail-content.ts';

/** A mail's HTML, sanitised, as its own document for the sandboxed frame. */
export const GET = memberRoute<{ tenant: string; id: string }>(async (member, { params }) => {
  const id = idFrom(params.id);
  const mail = await asMember(member, (scope) => readMailHtml(scope, id));
  return html(mail.html);
});
