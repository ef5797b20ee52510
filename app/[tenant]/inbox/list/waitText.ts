import type { useTranslations } from 'next-intl';
import type { When } from '#components/time/useWhen.ts';
import type { ListRow } from '#lib/conversations/shapes.ts';

/** Until due times exist: how long the customer has been waiting, or until when a hold lasts. Empty when we owe nothing. */
export function waitText(row: ListRow, when: When, t: ReturnType<typeof useTranslations<'inbox'>>): string {
  if (row.status === 'hold' && row.holdUntil) return t('list.until', { at: when.full(row.holdUntil) });
  if (row.status === 'done' || !row.waitingSince) return '';
  return t('list.waiting', { age: when.age(row.waitingSince) });
}
