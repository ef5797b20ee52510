import { IconAlertTriangle } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import { Banner } from '#components/ui/Banner.tsx';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './List.module.css';

/** Shorter troubles pass by themselves and are only told at the foot of the rail. */
const MINUTES = 5;

/** Above the list while a 窓口 of mine receives nothing: since when, what is safe, and where to see more. */
export function Standstill() {
  const t = useTranslations('inbox.mailbox');
  const when = useWhen();
  const { shell, slug, may } = useInbox();
  const stands = shell.mailboxes.flatMap(({ id, name, failingSince }) =>
    failingSince && when.now - Date.parse(failingSince) > MINUTES * 60_000 ? [{ id, name, failingSince }] : [],
  );
  const [first] = stands;
  if (!first) return null;
  return (
    <div className={classes.stands}>
      <Banner
        tone="late"
        role="status"
        icon={<IconAlertTriangle size={16} stroke={1.75} />}
        title={t('down', { name: first.name, since: when.brief(first.failingSince) })}
      >
        {t('safe')}
        {stands.length > 1 ? ` ${t('more', { count: stands.length - 1 })}` : null}{' '}
        {may('account.see') ? <Link href={`/${slug}/settings/health`}>{t('health')}</Link> : null}
      </Banner>
    </div>
  );
}
