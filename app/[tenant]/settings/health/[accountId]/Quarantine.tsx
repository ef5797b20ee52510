import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import type { QuarantinedMail } from '#lib/accounts/quarantine.ts';
import { Refused } from '../../parts/Refused.tsx';
import sheet from '../../parts/Sheet.module.css';
import classes from '../../parts/Table.module.css';
import { useDeed } from '../../parts/useDeed.ts';
import { retryQuarantined } from '../actions.ts';

/** The mails that couldn't be read: why, the original to save, and one more try. */
export function Quarantine({ slug, mails }: { slug: string; mails: QuarantinedMail[] }) {
  const t = useTranslations('settings.detail');
  const { busy, problem, run } = useDeed();
  return (
    <section className={sheet.section}>
      <h2 className={sheet.subtitle}>
        {t('quarantine')}
        {mails.length > 0 ? <span className={sheet.lead}>{t('quarantineLead')}</span> : null}
      </h2>
      <Refused problem={problem} title={t('quarantine')} />
      {mails.length === 0 ? <p className={sheet.note}>{t('quarantineNone')}</p> : null}
      {mails.length === 0 ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than a phone is scrolled by keys, too
        <section className={classes.scroll} aria-label={t('q.label')} tabIndex={0}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('q.received')}</th>
                <th scope="col">{t('q.number')}</th>
                <th scope="col">{t('q.folder')}</th>
                <th scope="col" className={classes.num}>
                  {t('q.size')}
                </th>
                <th scope="col">{t('q.reason')}</th>
                <th scope="col">{t('q.act')}</th>
              </tr>
            </thead>
            <tbody>
              {mails.map((mail) => (
                <Row
                  key={mail.id}
                  slug={slug}
                  mail={mail}
                  busy={busy === mail.id}
                  onRetry={() => void run(mail.id, retryQuarantined(slug, mail.id), t('q.retried'))}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

type RowProps = { slug: string; mail: QuarantinedMail; busy: boolean; onRetry: () => void };

function Row({ slug, mail, busy, onRetry }: RowProps) {
  const t = useTranslations('settings.detail');
  const when = useWhen();
  return (
    <tr>
      <td className={classes.nowrap}>{when.full(mail.receivedAt)}</td>
      <td>{mail.conversationNumber === null ? '' : `#${mail.conversationNumber}`}</td>
      <td>{mail.folder}</td>
      <td className={`${classes.num} ${classes.nowrap}`}>{sizeOf(mail.size)}</td>
      <td>
        {t(`reason.${mail.reason}`)}
        <div className={classes.quiet}>{t('attempts', { count: mail.attempts })}</div>
        {mail.words ? (
          <div className={classes.said} lang="en">
            {mail.words}
          </div>
        ) : null}
      </td>
      <td>
        <div className={sheet.buttons}>
          {mail.downloadable ? (
            <Button size="sm" variant="default" component="a" href={`/api/t/${slug}/quarantine/${mail.id}`} download>
              {t('q.download')}
            </Button>
          ) : null}
          {mail.asked ? <span className={classes.quiet}>{t('q.asked')}</span> : null}
          {mail.retriable && !mail.asked ? (
            <Button size="sm" variant="default" loading={busy} onClick={onRetry}>
              {t('q.retry')}
            </Button>
          ) : null}
        </div>
      </td>
    </tr>
  );
}

const sizeOf = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
