import { ActionIcon } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { Counts } from '#lib/conversations/shapes.ts';
import { useCounts } from '../queries/useCounts.ts';
import { useInbox } from '../state/InboxContext.tsx';
import type { Place } from '../state/place.ts';
import classes from './ListHead.module.css';
import { ViewChips } from './ViewChips.tsx';

/** Which view, how much is in it; inside a 窓口 its statuses, on a phone all views, as segments. */
export function ListHead({ loaded, more, onRail }: { loaded: number; more: boolean; onRail: () => void }) {
  const t = useTranslations('inbox');
  const { slug, shell, place } = useInbox();
  const { data: counts } = useCounts(slug);
  const whole = counted(counts, place);
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

// The server counts whole views, and what is open in a 窓口; of the rest only what has been read so far is known.
function counted(counts: Counts | undefined, { view, mailbox }: Place): number | undefined {
  if (mailbox) return view === 'open' ? counts?.mailboxes[mailbox] : undefined;
  return view === 'done' || view === 'open' ? undefined : counts?.views[view];
}
