import { IconInbox, IconSettings } from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import classes from '#components/shell/NorenBar.module.css';
import { PersonMenu } from '#components/shell/PersonMenu.tsx';
import { TenantMenu } from '#components/shell/TenantMenu.tsx';
import type { ShellPerson, ShellScreens, ShellTenant } from '#components/shell/types.ts';
import { Logo } from '#components/ui/Logo.tsx';

type Props = {
  tenant: ShellTenant;
  tenants: ShellTenant[];
  person: ShellPerson;
  signOut: () => Promise<void>;
  screens: ShellScreens;
};

/** The shop curtain over every page: the open tab is where it parts (design.md 1.1). Only what is built hangs here. */
export function NorenBar({ tenant, tenants, person, signOut, screens }: Props) {
  const t = useTranslations('common');
  const app = useTranslations('app');
  return (
    <header className={classes.bar}>
      <div className={classes.brand}>
        <Logo />
        <span className={classes.name}>{app('name')}</span>
        <TenantMenu tenant={tenant} tenants={tenants} />
      </div>
      <nav className={classes.tabs} aria-label={t('nav.label')}>
        {screens.inbox ? (
          <Tab href={`/${tenant.slug}/inbox`} icon={<IconInbox size={16} stroke={1.75} aria-hidden />}>
            {t('nav.inbox')}
          </Tab>
        ) : null}
        {screens.settings ? (
          <Tab
            href={`/${tenant.slug}/settings`}
            root={`/${tenant.slug}/settings`}
            icon={<IconSettings size={16} stroke={1.75} aria-hidden />}
          >
            {t('nav.settings')}
          </Tab>
        ) : null}
      </nav>
      <span className={classes.grow} />
      <PersonMenu person={person} signOut={signOut} />
    </header>
  );
}

function Tab({
  href,
  root = href,
  icon,
  children,
}: {
  href: string;
  root?: string;
  icon: ReactNode;
  children: ReactNode;
}) {
  const here = usePathname().startsWith(root);
  return (
    <Link className={classes.tab} href={href} aria-current={here ? 'page' : undefined}>
      {icon}
      {children}
    </Link>
  );
}
