import { VisuallyHidden } from '@mantine/core';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import type { BoardAccount } from '#lib/accounts/board.ts';
import { StateMark } from '../parts/StateMark.tsx';
import classes from '../parts/Table.module.css';
import { Hours } from './Hours.tsx';
import { ImportBar } from './ImportBar.tsx';
import { useLag } from './useLag.ts';

type Props = { slug: string; board: BoardAccount[]; edit: boolean };

/** One line an account: since when, how late, what is missing, and its server's own words. */
export function HealthTable({ slug, board, edit }: Props) {
  const t = useTranslations('settings.health.table');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than a phone is scrolled by keys, too
    <section className={classes.scroll} aria-label={t('label')} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('mailbox')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col">{t('last')}</th>
            <th scope="col" className={classes.num}>
              {t('lag')}
            </th>
            <th scope="col" className={classes.num}>
              {t('counts')}
            </th>
            <th scope="col">{t('hours')}</th>
            <th scope="col">{t('words')}</th>
            <th scope="col">
              <VisuallyHidden>{t('more')}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {board.map((account) => (
            <Row key={account.id} slug={slug} account={account} edit={edit} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ slug, account, edit }: { slug: string; account: BoardAccount; edit: boolean }) {
  const t = useTranslations('settings.health');
  const when = useWhen();
  const lag = useLag();
  const { quarantined, unseenIncidents } = account;
  const broken = edit && account.state === 'stopped';
  const settings = `/${slug}/settings`;
  return (
    <tr>
      <td className={classes.wide}>
        <div className={classes.name}>{account.mailboxName}</div>
        <div className={classes.quiet}>{account.address}</div>
      </td>
      <td>
        <StateMark account={account} />
        {quarantined > 0 ? <div className={classes.late}>{t('quarantined', { count: quarantined })}</div> : null}
        {unseenIncidents > 0 ? <div className={classes.quiet}>{t('incidents', { count: unseenIncidents })}</div> : null}
      </td>
      <td className={classes.nowrap}>{account.lastMailAt ? when.brief(account.lastMailAt) : t('neverMail')}</td>
      <td className={`${classes.num} ${classes.nowrap}`}>{lag(account.lagSeconds)}</td>
      <td className={`${classes.num} ${classes.nowrap}`}>
        <Counts account={account} />
      </td>
      <td>
        <Hours hours={account.hours} late={account.state === 'stopped'} />
      </td>
      <td className={classes.said}>{account.failures > 0 ? wordsOf(account) : t('fine')}</td>
      <td className={`${classes.num} ${classes.nowrap}`}>
        {broken ? (
          <Link href={`${settings}/mailboxes/${account.mailboxId}/accounts/${account.id}`}>{t('table.fix')}</Link>
        ) : (
          <Link href={`${settings}/health/${account.id}`}>{t('table.more')}</Link>
        )}
      </td>
    </tr>
  );
}

const wordsOf = ({ lastErrorWords, lastErrorCode }: BoardAccount): string =>
  (lastErrorWords || lastErrorCode || '').slice(0, 160);

function Counts({ account }: { account: BoardAccount }) {
  const t = useTranslations('settings.health');
  const { serverCount, keptCount, missingCount } = account;
  const missing = missingCount ?? 0;
  return (
    <>
      {serverCount === null
        ? t('table.none')
        : `${serverCount.toLocaleString()} / ${(keptCount ?? 0).toLocaleString()}`}
      {missing > 0 ? <div className={classes.late}>{t('missing', { count: missing })}</div> : null}
      {account.import ? <ImportBar done={account.import.done} total={account.import.total} /> : null}
    </>
  );
}
