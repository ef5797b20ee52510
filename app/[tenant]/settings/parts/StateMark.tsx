import { IconAlertTriangle, IconCheck, IconClock, IconDownload, IconPlayerPause } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import type { BoardAccount } from '#lib/accounts/board.ts';
import classes from './StateMark.module.css';

const LOOK = {
  ok: { tone: 'go', icon: IconCheck },
  importing: { tone: 'go', icon: IconDownload },
  starting: { tone: 'wait', icon: IconClock },
  delayed: { tone: 'soon', icon: IconClock },
  retrying: { tone: 'soon', icon: IconClock },
  stopped: { tone: 'late', icon: IconAlertTriangle },
  paused: { tone: 'wait', icon: IconPlayerPause },
} as const;

/** How an account receives: shape, word, and for a standstill how long. */
export function StateMark({ account }: { account: Pick<BoardAccount, 'state' | 'standsSince'> }) {
  const t = useTranslations('settings.health.state');
  const when = useWhen();
  const { tone, icon: Icon } = LOOK[account.state];
  const long = account.state === 'stopped' && account.standsSince ? when.age(account.standsSince) : null;
  return (
    <span className={classes.mark} data-tone={tone}>
      <Icon size={14} stroke={1.75} aria-hidden />
      {long ? t('stoppedFor', { time: long }) : t(account.state)}
    </span>
  );
}
