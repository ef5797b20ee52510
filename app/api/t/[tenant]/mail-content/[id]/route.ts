import { getLocale, getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { html } from '#app/_entry/file.ts';
import { idFrom } from '#app/_entry/input.ts';
import { memberRoute } from '#app/_entry/route.ts';
import { asMember } from '#lib/auth/membership.ts';
import { readMailHtml } from '#lib/conversations/mail-content.ts';
import { CHARSET_CHOICES } from '#lib/mail/charset/choices.ts';

const wish = z.object({
  images: z
    .enum(['0', '1'])
    .transform((value) => value === '1')
    .optional(),
  charset: z.enum(CHARSET_CHOICES).optional(),
  theme: z.enum(['light', 'dark']).optional(),
});

/** A mail's HTML, sanitised, as its own document for the sandboxed frame. */
export const GET = memberRoute<{ tenant: string; id: string }>(async (member, { request, params }) => {
  const id = idFrom(params.id);
  const { theme, ...wanted } = wish.parse(Object.fromEntries(new URL(request.url).searchParams));
  const t = await getTranslations('conversation.html');
  const words = { quote: (count: number) => t('quote', { count }), linkTo: (host: string) => t('linkTo', { host }) };
  const mail = await asMember(member, (scope) => readMailHtml(scope, id, { ...wanted, words }), { timeoutMs: 30_000 });
  return html(mail.html, { theme, lang: await getLocale(), remote: mail.remote });
});
