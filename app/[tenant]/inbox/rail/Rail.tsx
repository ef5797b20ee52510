import { IconHeart, IconUser, IconUserPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { StatusGlyph } from '#components/ui/StatusGlyph.tsx';
import type { View } from '#lib/conversations/shapes.ts';
import { useCounts } from '../queries/useCounts.ts';
import { useInbox } from '../state/InboxContext.tsx';
import { MailboxLink } from './MailboxLink.tsx';
import classes from './Rail.module.css';
import { RailFoot } from './RailFoot.tsx';
import { RailLink } from './RailLink.tsx';

type RailView = Exclude<View, 'open'>;

const ICON: Record<RailView, React.ReactNode> = {
  mine: <IconUser size={16} stroke={1.75} aria-hidden />,
  unassigned: <IconUserPlus size={16} stroke={1.75} aria-hidden />,
  new: <StatusGlyph kind="new" />,
  doing: <StatusGlyph kind="doing" />,
  hold: <StatusGlyph kind="hold" />,
  thanks: <IconHeart size={16} stroke={1.75} aria-hidden />,
  done: <StatusGlyph kind="done" />,
};
const TEAM: readonly RailView[] = ['unassigned', 'new', 'doing', 'hold', 'thanks', 'done'];

/** Views and 窓口 with live counts; below, whether mail comes in. `onGo` closes the drawer it may stand in. */
export function Rail({ onGo }: { onGo?: () => void }) {
  const t = useTranslations('inbox');
  const { slug, shell, place, go } = useInbox();
  const { data: counts } = useCounts(slug);
  const link = (view: RailView) => (
    <RailLink
      key={view}
      icon={ICON[view]}
      place={{ view, mailbox: null, conversation: null }}
      here={place.view === view && !place.mailbox}
      count={view === 'done' ? undefined : counts?.views[view]}
      onGo={(next) => {
        go(next);
        onGo?.();
      }}
    >
      {t(`view.${view}`)}
    </RailLink>
  );
  return (
    <nav className={classes.rail} aria-label={t('rail.label')} data-pane="rail">
      <div className={classes.scroll}>
        {link('mine')}
        <h2 className={classes.group}>{t('rail.team')}</h2>
        {TEAM.map(link)}
        <h2 className={classes.group}>{t('rail.mailboxes')}</h2>
        {shell.mailboxes.map((mailbox) => (
          <MailboxLink key={mailbox.id} mailbox={mailbox} count={counts?.mailboxes[mailbox.id]} onGo={onGo} />
        ))}
      </div>
      <RailFoot />
    </nav>
  );
}
