import { IconAlertTriangle, IconCheck, IconClock, IconPlayerPause } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import type { AccountRow } from '#lib/accounts/list.ts';
import classes from './AccountTable.module.css';

/** Three failures in a row, as the inbox counts it: one dropped line isn't an alarm. */
const FAILING = 3;

/** 受信の健康状態: which account receives, since when one doesn't, and what its server says. */
export function AccountTable({ accounts }: { accounts: AccountRow[] }) {
  const t = useTranslations('settings.table');
  const when = useWhen();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than a phone is scrolled by keys, too
    <section className={classes.scroll} aria-label={t('label')} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('mailbox')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col">{t('last')}</th>
            <th scope="col">{t('servers')}</th>
            <th scope="col">{t('words')}</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.id}>
              <td>
                <div className={classes.name}>{account.mailboxName}</div>
                <div className={classes.quiet}>{account.address}</div>
              </td>
              <td>
                <State account={account} />
              </td>
              <td className={classes.nowrap}>
                {account.lastSuccessAt ? when.brief(account.lastSuccessAt) : t('never')}
              </td>
              <td className={classes.quiet}>
                <div>{account.imapHost}</div>
                {account.smtpHost !== account.imapHost ? <div>{account.smtpHost}</div> : null}
              </td>
              <td className={classes.said}>
                {account.failures > 0 ? (account.lastErrorWords ?? account.lastErrorCode ?? '') : t('fine')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function State({ account }: { account: AccountRow }) {
  const t = useTranslations('settings.table');
  if (account.state === 'paused') {
    return (
      <span className={`${classes.state} ${classes.wait}`}>
        <IconPlayerPause size={14} stroke={1.75} aria-hidden />
        {t('paused')}
      </span>
    );
  }
  if (account.failures >= FAILING) {
    return (
      <span className={`${classes.state} ${classes.bad}`}>
        <IconAlertTriangle size={14} stroke={2} aria-hidden />
        {t('stopped')}
      </span>
    );
  }
  if (!account.lastSuccessAt || account.failures > 0) {
    return (
      <span className={`${classes.state} ${classes.wait}`}>
        <IconClock size={14} stroke={1.75} aria-hidden />
        {account.failures > 0 ? t('retrying') : t('starting')}
      </span>
    );
  }
  return (
    <span className={`${classes.state} ${classes.ok}`}>
      <IconCheck size={14} stroke={2} aria-hidden />
      {t('ok')}
    </span>
  );
}
