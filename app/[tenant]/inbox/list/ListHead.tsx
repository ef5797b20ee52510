import { ActionIcon } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useCounts } from '../queries/useCounts.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './ListHead.module.css';
import { ViewChips } from './ViewChips.tsx';

/** Which view, how much is in it; inside a 窓口 its statuses, on a phone all views, as segments. */
export function ListHead({ loaded, more, onRail }: { loaded: number; more: boolean; onRail: () => void }) {
  const t = useTranslations('inbox');
  const { slug, shell, place } = useInbox();
  const { data: counts } = useCounts(slug);
  // The server counts whole views; inside a 窓口 only what has been read so far is known.
  const whole = place.mailbox || place.view === 'done' ? undefined : counts?.views[place.view];
  const known = more ? `${loaded}+` : String(loaded);
  const count = loaded === 0 ? '' : more && whole !== undefined ? (whole > 999 ? '999+' : String(whole)) : known;
  const mailbox = shell.mailboxes.find((one) => one.id === place.mailbox);
  return (
    <div className={classes.head}>
      <div className={classes.line}>
        <ActionIcon className={classes.menu} aria-label={t('rail.open')} onClick={onRail}>
          <IconMenu2 size={20} stroke={1.75} />
        </ActionIcon>
        <h2 className={classes.title}>{mailbox?.name ?? t(`view.${place.view}`)}</h2>
        <span className={classes.count}>{count ? t('list.count', { count }) : ''}</span>
      </div>
      <ViewChips />
    </div>
  );
}
