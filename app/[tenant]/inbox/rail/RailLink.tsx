import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useInbox } from '../state/InboxContext.tsx';
import { type Place, placeHref } from '../state/place.ts';
import classes from './RailLink.module.css';

/** The count's cap (lib/limits.ts): above it the exact number helps nobody. */
const CAP = 999;

type Props = {
  icon: ReactNode;
  place: Place;
  here: boolean;
  count?: number;
  bad?: boolean;
  children: ReactNode;
  onGo: (place: Place) => void;
};

/** A real link: it opens in a new tab as any other, and moves within the page when simply clicked. */
export function RailLink({ icon, place, here, count, bad, children, onGo }: Props) {
  const t = useTranslations('inbox');
  const { slug } = useInbox();
  const number = count === undefined ? '' : count > CAP ? `${CAP}+` : String(count);
  return (
    <a
      className={`${classes.link} ${bad ? classes.bad : ''}`}
      href={placeHref(slug, place)}
      aria-current={here ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        onGo(place);
      }}
    >
      {icon}
      <span className={classes.name}>{children}</span>
      {number ? (
        <span className={classes.count} title={t('rail.count', { count: number })}>
          {number}
        </span>
      ) : null}
    </a>
  );
}
