import { Menu } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { startTransition } from 'react';
import classes from '#components/shell/PersonMenu.module.css';
import { ThemeItems } from '#components/shell/ThemeItems.tsx';
import type { ShellPerson } from '#components/shell/types.ts';

/** Who is signed in, how the screen looks, and the way out. */
export function PersonMenu({ person, signOut }: { person: ShellPerson; signOut: () => Promise<void> }) {
  const t = useTranslations('common.person');
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <button type="button" className={classes.button} aria-label={t('menu', { name: person.name })}>
          <span className={classes.face} aria-hidden="true">
            {[...person.name][0]}
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <div className={classes.name}>{person.name}</div>
          <div className={classes.email}>{person.email}</div>
        </div>
        <Menu.Divider />
        <ThemeItems />
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} stroke={1.75} aria-hidden />}
          onClick={() => startTransition(() => signOut())}
        >
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
