import { useTranslations } from 'next-intl';
import type { MailItem } from '#lib/conversations/shapes.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './Mail.module.css';

type Props = { item: MailItem; busy: boolean; onReclassify: (as: 'human' | 'auto') => void };

/** Why a mail stands as what it does, where it isn't simply a customer's; who may work can say it is one. */
export function RuleLine({ item, busy, onReclassify }: Props) {
  const t = useTranslations('conversation');
  const { may } = useInbox();
  if (item.direction !== 'in' || (item.class === 'human' && item.classRule !== 'by-hand')) return null;
  const rule = `rule.${item.classRule}`;
  const bounced = item.class === 'bounce' && item.attachedToDelivery;
  return (
    <p className={classes.rule}>
      <span>{t.has(rule) ? t(rule) : t(`class.${item.class}`)}</span>
      {may('conversation.work') && item.class !== 'human' && !bounced ? (
        <button type="button" className={classes.reclassify} disabled={busy} onClick={() => onReclassify('human')}>
          {t('reclassify.human')}
        </button>
      ) : null}
    </p>
  );
}
