import { ActionIcon } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './ListHead.module.css';
import { ViewChips } from './ViewChips.tsx';

/** Which view, how much is in it; inside a 窓口 its statuses, on a phone all views, as segments. */
export function ListHead({ loaded, more, onRail }: { loaded: number; more: boolean; onRail: () => void }) {
  const t = useTranslations('inbox');
  const { shell, place } = useInbox();
  const mailbox = shell.mailboxes.find((one) => one.id === place.mailbox);
  return (
    <div className={classes.head}>
      <div className={classes.line}>
        <ActionIcon className={classes.menu} aria-label={t('rail.open')} onClick={onRail}>
          <IconMenu2 size={20} stroke={1.75} />
        </ActionIcon>
        <h2 className={classes.title}>{mailbox?.name ?? t(`view.${place.view}`)}</h2>
        <span className={classes.count}>
          {loaded > 0 ? t('list.count', { count: more ? `${loaded}+` : String(loaded) }) : ''}
        </span>
      </div>
      <ViewChips />
    </div>
  );
}
