import type { DeliveryShape } from '#lib/conversations/shapes.ts';
import classes from './DeliveryState.module.css';

type Props = { words: string | null; recipients?: DeliveryShape['recipients'] };

/** The other server's own words: who is asked for help needs exactly these. */
export function ServerWords({ words, recipients = [] }: Props) {
  return (
    <>
      {words ? (
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
