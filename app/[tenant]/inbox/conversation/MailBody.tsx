import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Banner } from '#components/ui/Banner.tsx';
import type { MailItem, Problem } from '#lib/conversations/shapes.ts';
import { api } from '../queries/keys.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './MailBody.module.css';
import { MailHtml } from './MailHtml.tsx';
import { MailText } from './MailText.tsx';

type Props = { item: MailItem; charset: string | null; onFail: (problem: Problem) => void };

/** The words of a mail: as it was designed, in the sandboxed frame, or as text. */
export function MailBody({ item, charset, onFail }: Props) {
  const t = useTranslations('conversation');
  const { slug, shell } = useInbox();
  const [plain, setPlain] = useState(false);
  const html = item.hasHtml && !plain;
  const raw = api(slug, `messages/${item.id}/raw`);
  if (item.unreadable) {
    const tooLarge = item.unreadable.why === 'tooLarge';
    return (
      <div className={classes.unreadable}>
        <Banner
          tone="soon"
          icon={<IconAlertTriangle size={16} stroke={1.75} />}
          title={t(tooLarge ? 'tooLargeTitle' : 'unreadableTitle')}
          actions={tooLarge || !item.hasOriginal || !shell.me.seesAddresses ? null : <a href={raw}>{t('original')}</a>}
        >
          {tooLarge ? t('tooLargeText', { size: megabytes(item.unreadable.size) }) : t('unreadableText')}
        </Banner>
      </div>
    );
  }
  return (
    <>
      {html ? <MailHtml item={item} charset={charset} onFail={onFail} /> : <MailText item={item} />}
      {item.hasHtml ? (
        <div className={classes.switch}>
          <button type="button" className={classes.link} onClick={() => setPlain(!plain)}>
            {html ? t('showText') : t('showHtml')}
          </button>
        </div>
      ) : null}
    </>
  );
}

const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);
