import { Button, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { problemOf } from '#components/net/problem.ts';
import { Banner } from '#components/ui/Banner.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { useLater } from '#components/ui/useLater.ts';
import { useProblemText } from '#components/ui/useProblemText.ts';
import { useCounts } from '../queries/useCounts.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './ListState.module.css';

const WIDTHS = [52, 38, 64, 44, 58, 49];

/** No rows to show: because they are coming, because something failed, or because there are none. */
export function ListState({ pending, error, retry }: { pending: boolean; error: Error | null; retry: () => void }) {
  const t = useTranslations('inbox');
  const say = useProblemText();
  const slow = useLater(pending && !error);
  if (error) {
    return (
      <div className={classes.pane}>
        <div className={classes.problem}>
          <Banner
            tone="late"
            role="alert"
            icon={<IconAlertTriangle size={16} stroke={1.75} />}
            title={t('list.errorTitle')}
            actions={
              <Button size="sm" variant="default" onClick={retry}>
                {t('list.again')}
              </Button>
            }
          >
            {say(problemOf(error))}
          </Banner>
        </div>
      </div>
    );
  }
  if (pending) return slow ? <Skeleton /> : null;
  return (
    <div className={classes.pane}>
      <Empty />
    </div>
  );
}

function Skeleton() {
  const t = useTranslations('inbox.list');
  return (
    <div className={classes.pane}>
      <VisuallyHidden role="status">{t('loading')}</VisuallyHidden>
      {WIDTHS.map((width) => (
        <div key={width} className={classes.skeleton} aria-hidden="true">
          <span className={`${classes.bar} ${classes.disc}`} />
          <span className={classes.bar} style={{ width: `${width}%` }} />
          <span className={classes.bar} />
          <span />
          <span className={classes.bar} style={{ width: `${width + 28}%` }} />
          <span className={`${classes.bar} ${classes.short}`} />
        </div>
      ))}
    </div>
  );
}

function Empty() {
  const t = useTranslations('inbox');
  const { slug, place, go } = useInbox();
  const { data: counts } = useCounts(slug);
  const unassigned = counts?.views.unassigned ?? 0;
  const next = unassigned > 0 && place.view !== 'unassigned';
  return (
    <EmptyState
      icon={<IconCheck size={24} stroke={1.75} />}
      title={t(`empty.${place.view}`)}
      heading="h3"
      actions={
        next ? (
          <Button variant="default" onClick={() => go({ view: 'unassigned', mailbox: null, conversation: null })}>
            {t('empty.toUnassigned', { count: unassigned })}
          </Button>
        ) : null
      }
    >
      {t('empty.live')}
    </EmptyState>
  );
}
