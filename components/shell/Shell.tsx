'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ConnectionBanner } from '#components/shell/ConnectionBanner.tsx';
import { NorenBar } from '#components/shell/NorenBar.tsx';
import { PhoneBar } from '#components/shell/PhoneBar.tsx';
import classes from '#components/shell/Shell.module.css';
import type { ShellPerson, ShellScreens, ShellTenant } from '#components/shell/types.ts';

type Props = {
  tenant: ShellTenant;
  /** All companies of this person; the switch is drawn only for several. */
  tenants: ShellTenant[];
  person: ShellPerson;
  /** Which screens this person may open; the others aren't drawn. */
  screens: ShellScreens;
  signOut: () => Promise<void>;
  children: ReactNode;
};

/** The frame of a company's pages: curtain, page, and on a phone the bar below. */
export function Shell({ tenant, tenants, person, screens, signOut, children }: Props) {
  const t = useTranslations('common');
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        {t('skip')}
      </a>
      <NorenBar tenant={tenant} tenants={tenants} person={person} screens={screens} signOut={signOut} />
      <ConnectionBanner slug={tenant.slug} />
      <main id="main" className={classes.main} tabIndex={-1}>
        {children}
      </main>
      <PhoneBar slug={tenant.slug} screens={screens} />
    </div>
  );
}
