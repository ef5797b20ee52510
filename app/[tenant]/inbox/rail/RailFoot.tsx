import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './RailFoot.module.css';

/** Whether mail comes in. What fails is named, with since when and what is safe. */
export function RailFoot() {
  const t = useTranslations('inbox.mailbox');
  const when = useWhen();
  const { shell } = useInbox();
  const received = shell.mailboxes.filter((mailbox) => mailbox.health !== 'none');
  const failing = received.filter((mailbox) => mailbox.health === 'failing');
  const [first] = failing;
  if (!first) {
    if (received.length === 0) return <div className={classes.foot}>{t('noAccount')}</div>;
    return (
      <div className={`${classes.foot} ${classes.ok}`}>
        <IconCheck size={14} stroke={2} aria-hidden />
        {t('ok')}
        <span className={classes.count}>{t('share', { ok: received.length, all: received.length })}</span>
      </div>
    );
  }
  const since = first.failingSince ? when.brief(first.failingSince) : '';
  return (
    <div className={`${classes.foot} ${classes.bad}`} role="status">
      <IconAlertTriangle size={14} stroke={2} aria-hidden />
      <span>
        <strong>{t('down', { name: first.name, since })}</strong>
        {failing.length > 1 ? ` ${t('more', { count: failing.length - 1 })}` : null}
        <br />
        {t('safe')}
      </span>
    </div>
  );
}
