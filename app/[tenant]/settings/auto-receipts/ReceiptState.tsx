import { IconAlertTriangle, IconCheck, IconMinus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { ReceiptSetting } from '#lib/autoreceipts/settings.ts';
import classes from './AutoReceipts.module.css';

/** On, off, or stopped by its fuse; always with the word. */
export function ReceiptState({ receipt }: { receipt: ReceiptSetting }) {
  const t = useTranslations('autoreceipts');
  if (receipt.enabled && receipt.fuseBlownAt !== null) {
    return (
      <span className={`${classes.state} ${classes.bad}`}>
        <IconAlertTriangle size={14} stroke={2} aria-hidden />
        {t('stopped')}
      </span>
    );
  }
  return receipt.enabled ? (
    <span className={`${classes.state} ${classes.ok}`}>
      <IconCheck size={14} stroke={2} aria-hidden />
      {t('on')}
    </span>
  ) : (
    <span className={`${classes.state} ${classes.off}`}>
      <IconMinus size={14} stroke={1.75} aria-hidden />
      {t('off')}
    </span>
  );
}
