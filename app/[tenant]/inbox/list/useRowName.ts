import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { useWhen } from '#components/time/useWhen.ts';
import { glyphKind } from '#components/ui/StatusGlyph.tsx';
import type { ListRow } from '#lib/conversations/shapes.ts';
import { waitText } from './waitText.ts';

/** The accessible name of a row (design.md 7): status, unread, warning, name, subject, wait, assignee. */
export function useRowName(): (row: ListRow) => string {
  const t = useTranslations('inbox');
  const status = useTranslations('common.status');
  const when = useWhen();
  return useCallback(
    (row) =>
      [
        status(glyphKind(row.status, row.doneKind)),
        row.unread ? t('list.unread') : '',
        row.warning === 'failed' ? t('list.failed') : row.warning === 'uncertain' ? t('list.uncertain') : '',
        row.customerName || t('list.noName'),
        row.subject || t('list.noSubject'),
        waitText(row, when, t),
        row.hasAttachment ? t('list.attachment') : '',
        row.assignee ? t('list.assignee', { name: row.assignee.name }) : t('view.unassigned'),
      ]
        .filter(Boolean)
        .join(t('list.and')),
    [status, t, when],
  );
}
