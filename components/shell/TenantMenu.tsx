import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import classes from '#components/shell/TenantMenu.module.css';
import type { ShellTenant } from '#components/shell/types.ts';

/** The company's name; a switch only for those who belong to several. */
export function TenantMenu({ tenant, tenants }: { tenant: ShellTenant; tenants: ShellTenant[] }) {
  const t = useTranslations('common.nav');
  if (tenants.length < 2) {
    return (
      <span className={classes.here}>
        <span className={classes.name}>{tenant.name}</span>
      </span>
    );
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button
          type="button"
          className={`${classes.here} ${classes.switch}`}
          aria-label={t('switchTenant', { name: tenant.name })}
        >
          <span className={classes.name}>{tenant.name}</span>
          <IconChevronDown size={12} stroke={1.75} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {tenants.map((other) => (
          // A full load: nothing of one company may stay in memory while another one is open.
          <Menu.Item
            key={other.slug}
            component="a"
            href={`/${other.slug}`}
            rightSection={other.slug === tenant.slug ? <IconCheck size={14} aria-hidden /> : null}
            aria-current={other.slug === tenant.slug || undefined}
          >
            {other.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
