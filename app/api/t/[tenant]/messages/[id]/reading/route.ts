import { z } from 'zod';
import { idFrom } from '#app/_entry/input.ts';
import { jsonRoute } from '#app/_entry/route.ts';
import { rereadMail } from '#lib/conversations/reread.ts';
import { CHARSET_CHOICES } from '#lib/mail/charset/choices.ts';

const charset = z.enum(CHARSET_CHOICES);

/** A mail read again in another charset. */
export const GET = jsonRoute<{ tenant: string; id: string }>((scope, { request, params }) =>
  rereadMail(scope, idFrom(params.id), charset.parse(new URL(request.url).searchParams.get('charset'))),
);
