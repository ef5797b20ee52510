import { IconAlertTriangle, IconCheck, IconMinus } from '@tabler/icons-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import type { TriedMail } from '#lib/forms/try.ts';
import classes from './Forms.module.css';

/** The sender's last hundred mails: read, not read, or another form's by their subject. */
export function TriedMails({ mails, onShow }: { mails: readonly TriedMail[]; onShow: (id: string) => void }) {
  const t = useTranslations('forms.tried');
  const format = useFormatter();
  const when = useWhen();
  const meant = mails.filter(({ other }) => !other);
  const read = meant.filter(({ customer }) => customer !== null).length;
  return (
    <div className={classes.tried}>
      <h2 className={classes.group}>
        {t('title')}
        <span className={classes.summary}>{t('summary', { all: meant.length, read })}</span>
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than a phone is scrolled by keys, too */}
      <section className={classes.hundred} aria-label={t('title')} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('result')}</th>
              <th scope="col">{t('mail')}</th>
              <th scope="col">{t('customer')}</th>
            </tr>
          </thead>
          <tbody>
            {mails.map((mail) => (
              <tr key={mail.id}>
                <td className={classes.nowrap}>
                  <Result mail={mail} />
                </td>
                <td>
                  <button type="button" className={classes.link} onClick={() => onShow(mail.id)}>
                    {mail.subject || t('noSubject')}
                  </button>
                  <div className={classes.quiet}>{when.brief(mail.at)}</div>
                </td>
                <td>
                  {mail.other ? null : (
                    <>
                      <div>{mail.customer ? mail.customer.name || mail.customer.address : null}</div>
                      {mail.missing.length > 0 ? (
                        <div className={classes.quiet}>{t('missing', { labels: format.list(mail.missing) })}</div>
                      ) : null}
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function Result({ mail }: { mail: TriedMail }) {
  const t = useTranslations('forms.tried');
  if (mail.other) {
    return (
      <span className={classes.quiet}>
        <IconMinus size={14} stroke={1.75} aria-hidden /> {t('other')}
      </span>
    );
  }
  return mail.customer ? (
    <span className={classes.ok}>
      <IconCheck size={14} stroke={2} aria-hidden /> {t('read')}
    </span>
  ) : (
    <span className={classes.bad}>
      <IconAlertTriangle size={14} stroke={2} aria-hidden /> {t('notRead')}
    </span>
  );
}
