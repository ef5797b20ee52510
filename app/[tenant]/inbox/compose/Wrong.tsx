import { IconAlertTriangle } from '@tabler/icons-react';
import classes from './Composer.module.css';

/** What is wrong with the field above. */
export function Wrong({ text }: { text: string | null }) {
  if (!text) return null;
  return (
    <p className={classes.wrong} role="alert">
      <IconAlertTriangle size={14} stroke={1.75} aria-hidden />
      {text}
    </p>
  );
}
