import { SegmentedControl } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { settle } from '#components/net/settle.ts';
import type { ReceiptSetting } from '#lib/autoreceipts/settings.ts';
import type { Problem } from '#lib/conversations/shapes.ts';
import { Refused } from '../parts/Refused.tsx';
import classes from './AutoReceipts.module.css';
import { previewReceipt } from './actions.ts';

type Props = { slug: string; receipt: ReceiptSetting; subject: string; text: string };
/** After the last key, milliseconds. */
const PAUSE_MS = 400;

/** The words as a customer reads them: with a name, and without one. Below, what is never answered. */
export function ReceiptPreview({ slug, receipt, subject, text }: Props) {
  const t = useTranslations('autoreceipts');
  const [named, setNamed] = useState(true);
  const [shown, setShown] = useState<{ subject: string; text: string } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const customerName = named ? t('exampleName') : '';
  const { id } = receipt.mailbox;
  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      const result = await settle(previewReceipt(slug, id, { subject, text, customerName }));
      if (!current) return;
      setProblem(result.ok ? null : result.error);
      if (result.ok) setShown(result.value);
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [slug, id, subject, text, customerName]);
  return (
    <section aria-label={t('preview')}>
      <div className={classes.previewHead}>
        <h2 className={classes.group}>{t('preview')}</h2>
        <SegmentedControl
          aria-label={t('previewFor')}
          value={named ? 'named' : 'nameless'}
          data={[
            { value: 'named', label: t('named') },
            { value: 'nameless', label: t('nameless') },
          ]}
          onChange={(value) => setNamed(value === 'named')}
        />
      </div>
      <Refused problem={problem} title={t('previewFailed')} />
      {shown ? (
        <div className={classes.letter}>
          <p className={classes.quiet}>{t('from', { address: receipt.sender ?? t('noAccount') })}</p>
          <p className={classes.subject}>{shown.subject}</p>
          <div className={classes.words}>{shown.text}</div>
        </div>
      ) : null}
      <h2 className={classes.group}>{t('neverTitle')}</h2>
      <ul className={classes.never}>
        {(['machines', 'ours', 'daily', 'old'] as const).map((key) => (
          <li key={key}>{t(`never.${key}`)}</li>
        ))}
      </ul>
      <p className={classes.quiet}>{t('unchanged')}</p>
    </section>
  );
}
