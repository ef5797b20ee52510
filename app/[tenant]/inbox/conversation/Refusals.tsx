import { useTranslations } from 'next-intl';
import type { DeliveryShape } from '#lib/conversations/shapes.ts';
import classes from './DeliveryState.module.css';

type Props = { recipients: DeliveryShape['recipients'] };

/** Whom a mail didn't reach: why, what to do, and the other server's own words for whoever is asked for help. */
export function Refusals({ recipients }: Props) {
  const t = useTranslations('conversation.delivery.reason');
  return (
    <ul className={classes.refusals}>
      {recipients.map(({ address, reason, words }) => (
        <li key={address}>
          <span className={classes.address}>{address}</span>
          <strong>{t(`${reason ?? 'other'}.what`)}</strong>
          <span>{t(`${reason ?? 'other'}.todo`)}</span>
          {words ? (
            <code className={classes.said} lang="en">
              {words}
            </code>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
