import type { ReactNode } from 'react';
import { Curtain } from '#components/auth/Curtain.tsx';
import classes from '#components/auth/Entrance.module.css';

/** The pages before the inbox: a curtain, and under it one sheet 360 wide. */
export function Entrance({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <main className={classes.entrance}>
      <Curtain />
      <div className={classes.sheet}>
        <h1 className={classes.title}>{title}</h1>
        {lead ? <p className={classes.lead}>{lead}</p> : null}
        {children}
      </div>
    </main>
  );
}
