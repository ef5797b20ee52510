import { useTranslations } from 'next-intl';
import type { View } from '#lib/conversations/shapes.ts';
import { useCounts } from '../queries/useCounts.ts';
import { useInbox } from '../state/InboxContext.tsx';
import { VIEWS, VIEWS_OF_MAILBOX } from '../state/place.ts';
import classes from './ViewChips.module.css';

/** Inside a 窓口: its statuses. On a phone, where the rail is away: every view with its count. */
export function ViewChips() {
  const t = useTranslations('inbox');
  const { slug, place, go } = useInbox();
  const { data: counts } = useCounts(slug);
  const inside = place.mailbox !== null;
  const label = (view: View) => {
    const count = inside || view === 'done' || view === 'open' ? undefined : counts?.views[view];
    return count ? `${t(`view.${view}`)} ${count > 999 ? '999+' : count}` : t(`view.${view}`);
  };
  return (
    <fieldset className={classes.chips} data-phone-only={!inside || undefined} aria-label={t('list.views')}>
      {(inside ? VIEWS_OF_MAILBOX : VIEWS).map((view) => (
        <button
          key={view}
          type="button"
          className={classes.chip}
          aria-pressed={place.view === view}
          onClick={() => go({ view, conversation: null })}
        >
          <span>{label(view)}</span>
        </button>
      ))}
    </fieldset>
  );
}
