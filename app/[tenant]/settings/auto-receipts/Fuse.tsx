import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import { Banner } from '#components/ui/Banner.tsx';
import type { ReceiptSetting } from '#lib/autoreceipts/settings.ts';
import { Refused } from '../parts/Refused.tsx';
import sheet from '../parts/Sheet.module.css';
import { useDeed } from '../parts/useDeed.ts';
import { resumeReceipts } from './actions.ts';

type Props = { slug: string; receipt: ReceiptSetting; edit: boolean };

/** The fuse blew: what happened, what is safe, and the way back. */
export function Fuse({ slug, receipt, edit }: Props) {
  const t = useTranslations('autoreceipts');
  const when = useWhen();
  const { busy, problem, run } = useDeed();
  if (receipt.fuseBlownAt === null) return null;
  const { id, name } = receipt.mailbox;
  return (
    <div className={sheet.banner}>
      <Banner
        tone="late"
        icon={<IconAlertTriangle size={16} stroke={1.75} />}
        title={t('fuseTitle', { name, at: when.brief(receipt.fuseBlownAt) })}
        actions={
          edit ? (
            <Button
              size="sm"
              variant="default"
              loading={busy !== null}
              onClick={() => void run('resume', resumeReceipts(slug, id), t('resumed', { name }))}
            >
              {t('resume')}
            </Button>
          ) : null
        }
      >
        {t('fuseText', { count: receipt.perHour })}
      </Banner>
      <Refused problem={problem} title={t('refused')} />
    </div>
  );
}
