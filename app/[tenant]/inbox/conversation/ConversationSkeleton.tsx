import { VisuallyHidden } from '@mantine/core';
import { useTranslations } from 'next-intl';
import classes from './ConversationSkeleton.module.css';

const WIDTHS = [46, 30, 92, 64, 70, 58, 34];

/** The conversation's own geometry, while it comes. */
export function ConversationSkeleton() {
  const t = useTranslations('conversation');
  return (
    <div className={classes.box}>
      <VisuallyHidden role="status">{t('loading')}</VisuallyHidden>
      {WIDTHS.map((width) => (
        <span key={width} className={classes.bar} style={{ width: `${width}%` }} aria-hidden="true" />
      ))}
    </div>
  );
}
