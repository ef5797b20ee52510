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
  const span = useSpan();
  const { tone, icon: Icon } = LOOK[account.state];
  const long = account.state === 'stopped' && account.standsSince ? span(account.standsSince) : null;
  return (
    <span className={classes.mark} data-tone={tone}>
      <Icon size={14} stroke={1.75} aria-hidden />
      {long ? t('stoppedFor', { time: long }) : t(account.state)}
    </span>
  );
}

/** How long since then: 24分, 1時間52分, 3日. */
function useSpan(): (iso: string) => string {
  const t = useTranslations('settings.health.state');
  const when = useWhen();
  return (iso) => {
    const minutes = Math.floor((when.now - Date.parse(iso)) / 60_000);
    const short = minutes < 60 || minutes >= 48 * 60;
    return short ? when.age(iso) : t('span', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  };
}
