import type { AbstractIntlMessages } from 'next-intl';

export type Locale = 'ja' | 'en';
export const LOCALES: readonly Locale[] = ['ja', 'en'];

// One file per noun; the file's name is the namespace. Written out, so that the bundler finds them.
const FILES = {
  ja: {
    app: () => import('./ja/app.json'),
    auth: () => import('./ja/auth.json'),
    autoreceipts: () => import('./ja/autoreceipts.json'),
    common: () => import('./ja/common.json'),
    compose: () => import('./ja/compose.json'),
    conversation: () => import('./ja/conversation.json'),
    errors: () => import('./ja/errors.json'),
    events: () => import('./ja/events.json'),
    forms: () => import('./ja/forms.json'),
    inbox: () => import('./ja/inbox.json'),
    settings: () => import('./ja/settings.json'),
  },
  en: {
    app: () => import('./en/app.json'),
    auth: () => import('./en/auth.json'),
    autoreceipts: () => import('./en/autoreceipts.json'),
    common: () => import('./en/common.json'),
    compose: () => import('./en/compose.json'),
    conversation: () => import('./en/conversation.json'),
    errors: () => import('./en/errors.json'),
    events: () => import('./en/events.json'),
    forms: () => import('./en/forms.json'),
    inbox: () => import('./en/inbox.json'),
    settings: () => import('./en/settings.json'),
  },
} as const;

/** Every text of one language, by namespace. */
export async function loadMessages(locale: Locale): Promise<AbstractIntlMessages> {
  const files = await Promise.all(
    Object.entries(FILES[locale]).map(async ([name, load]) => [name, (await load()).default] as const),
  );
  return Object.fromEntries(files);
}
