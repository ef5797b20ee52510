import { useTranslations } from 'next-intl';
import type { DeliveryShape } from '#lib/conversations/shapes.ts';
import classes from './DeliveryState.module.css';

type Props = { words: string | null; recipients?: DeliveryShape['recipients'] };

/** Before a reason of ours in the place of a server's words. */
const OURS = 'own:';

/** The other server's own words: who is asked for help needs exactly these. What we say ourselves is said as a sentence. */
export function ServerWords({ words, recipients = [] }: Props) {
  const t = useTranslations('errors');
  const ours = words?.startsWith(OURS) ? words.slice(OURS.length) : null;
  return (
    <>
      {ours !== null ? (
        <p className={classes.own}>{t.has(ours) ? t(ours) : t('unexpected', { id: ours })}</p>
      ) : words ? (
        <code className={classes.said} lang="en">
          {words}
        </code>
      ) : null}
      {recipients.map((recipient) => (
        <div key={recipient.address} className={classes.recipients}>
          {recipient.address}
          {recipient.words ? (
            <code className={classes.said} lang="en">
              {recipient.words}
            </code>
          ) : null}
        </div>
      ))}
    </>
  );
}
