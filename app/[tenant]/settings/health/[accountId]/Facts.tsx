import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useWhen } from '#components/time/useWhen.ts';
import type { BoardAccount } from '#lib/accounts/board.ts';
import { troubleOf } from '#lib/mail/trouble.ts';
import { ImportBar } from '../ImportBar.tsx';
import { useLag } from '../useLag.ts';
import classes from './AccountHealth.module.css';

/** The figures of one account, each with its set and time. */
export function Facts({ account }: { account: BoardAccount }) {
  const t = useTranslations('settings.detail');
  const health = useTranslations('settings.health');
  const when = useWhen();
  const lag = useLag();
  const at = (iso: string | null, none: string) => (iso ? when.full(iso) : none);
  const { serverCount, keptCount, missingCount, reconciledAt } = account;
  return (
    <dl className={classes.facts}>
      {account.standsSince ? (
        <Fact name={health('table.state')}>
          {t('standing', { time: when.full(account.standsSince) })}
          {account.alarmSentAt ? (
            <p className={classes.more}>{t('alarmSent', { time: when.full(account.alarmSentAt) })}</p>
          ) : null}
        </Fact>
      ) : null}
      <Fact name={t('success')}>{at(account.lastSuccessAt, health('never'))}</Fact>
      <Fact name={t('mail')}>{at(account.lastMailAt, health('neverMail'))}</Fact>
      <Fact name={t('lag')}>{lag(account.lagSeconds)}</Fact>
      {account.state === 'paused' ? null : (
        <Fact name={t('next')}>{account.nextAttemptAt ? when.full(account.nextAttemptAt) : t('connected')}</Fact>
      )}
      {serverCount === null ? null : (
        <Fact name={health('table.counts')}>
          {t('server')} {serverCount.toLocaleString()} / {t('kept')} {(keptCount ?? 0).toLocaleString()}
          {reconciledAt ? <p className={classes.more}>{t('counted', { time: when.full(reconciledAt) })}</p> : null}
          {missingCount ? (
            <p className={classes.more}>
              {health('missing', { count: missingCount })} {t('missingHelp')}
            </p>
          ) : null}
        </Fact>
      )}
      {account.import ? (
        <Fact name={t('import')}>
          <div style={{ maxWidth: 200 }}>
            <ImportBar done={account.import.done} total={account.import.total} />
          </div>
        </Fact>
      ) : null}
      {account.waiting > 0 ? <Fact name={t('kept')}>{health('waiting', { count: account.waiting })}</Fact> : null}
      {account.failures > 0 ? (
        <Fact name={t('words')}>
          <Trouble account={account} />
        </Fact>
      ) : null}
    </dl>
  );
}

function Trouble({ account }: { account: BoardAccount }) {
  const t = useTranslations('settings.failure');
  const test = useTranslations('settings.test');
  const trouble = troubleOf(account.lastErrorCode ?? '');
  return (
    <>
      <strong>{t(`${trouble}.what`)}</strong>
      {account.lastErrorWords ? (
        <p>
          <code lang="en">{account.lastErrorWords}</code>
        </p>
      ) : null}
      <p className={classes.more}>{test('safe')}</p>
      <p className={classes.more}>{t(`${trouble}.todo`)}</p>
    </>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);
