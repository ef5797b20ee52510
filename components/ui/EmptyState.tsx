import type { ReactNode } from 'react';
import classes from '#components/ui/EmptyState.module.css';

type Props = {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  small?: ReactNode;
  heading?: 'h1' | 'h2' | 'h3';
  role?: 'status' | 'alert';
};

/** Nothing here, or nothing that can be shown: the fact, the next useful thing, one or two buttons. No illustration. */
export function EmptyState({ icon, title, children, actions, small, heading: Heading = 'h2', role }: Props) {
  return (
    <div className={classes.empty} role={role}>
      <span className={classes.icon} aria-hidden="true">
        {icon}
      </span>
      <Heading className={classes.title}>{title}</Heading>
      {children ? <div className={classes.text}>{children}</div> : null}
      {actions ? <div className={classes.actions}>{actions}</div> : null}
      {small ? <p className={classes.small}>{small}</p> : null}
    </div>
  );
}
