import type { ReactNode } from 'react';
import classes from '#components/ui/Banner.module.css';

type Props = {
  tone?: 'plain' | 'late' | 'soon' | 'go';
  icon: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** alert interrupts (only for what stops the person), status waits its turn; without either it is read in place. */
  role?: 'alert' | 'status';
};

/** Something that interrupts: what happened, what is safe, what to do (design.md 6). */
export function Banner({ tone = 'plain', icon, title, children, actions, role }: Props) {
  return (
    <div className={classes.banner} data-tone={tone} role={role}>
      <span className={classes.icon} aria-hidden="true">
        {icon}
      </span>
      <div className={classes.body}>
        <div className={classes.words}>
          <p className={classes.title}>{title}</p>
          {children ? <div className={classes.text}>{children}</div> : null}
        </div>
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </div>
    </div>
  );
}
