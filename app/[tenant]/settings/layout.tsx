import type { ReactNode } from 'react';
import { pageMember } from '#app/_entry/page.ts';
import { may } from '#lib/auth/policy.ts';
import classes from './layout.module.css';
import { SettingsRail } from './SettingsRail.tsx';

type Props = { children: ReactNode; params: Promise<{ tenant: string }> };

/** The settings: on the left what there is to set, once more only what is built and what this member may open. */
export default async function SettingsLayout({ children, params }: Props) {
  const { tenant, actor } = await pageMember((await params).tenant);
  return (
    <div className={classes.page}>
      <SettingsRail slug={tenant.slug} edit={may(actor.roles, 'account.edit')} rules={may(actor.roles, 'rules.see')} />
      <div className={classes.sheet}>{children}</div>
    </div>
  );
}
