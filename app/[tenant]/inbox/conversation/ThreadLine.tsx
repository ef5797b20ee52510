import { useTranslations } from 'next-intl';
import type { MailItem } from '#lib/conversations/shapes.ts';
import classes from './Mail.module.css';

/** How a mail came to this case: quiet, for whoever wonders. */
export function ThreadLine({ item }: { item: MailItem }) {
  const t = useTranslations('conversation.thread');
  const { threadReason } = item;
  if (threadReason === null || !t.has(threadReason)) return null;
  return <p className={classes.rule}>{t(threadReason)}</p>;
}
