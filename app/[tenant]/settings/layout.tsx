import type { ReactNode } from 'react';
import classes from './layout.module.css';
import { SettingsRail } from './SettingsRail.tsx';

type Props = { children: ReactNode; params: Promise<{ tenant: string }> };

/** The settings: on the left what there is to set, once more only what is built. */
export default async function SettingsLayout({ children, params }: Props) {
  return (
    <div className={classes.page}>
      <SettingsRail slug={(await params).tenant} />
      <div className={classes.sheet}>{children}</div>
    </div>
  );
}
