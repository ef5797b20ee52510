import { IconInbox, IconSettings } from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import classes from '#components/shell/PhoneBar.module.css';
import type { ShellScreens } from '#components/shell/types.ts';

/** The main screens under the thumb; like the curtain, only what is built. With one screen there is nothing to choose. */
export function PhoneBar({ slug, screens }: { slug: string; screens: ShellScreens }) {
  const t = useTranslations('common.nav');
  const path = usePathname();
  if (!screens.settings || !screens.inbox) return null;
  const current = (root: string) => (path.startsWith(`/${slug}/${root}`) ? ('page' as const) : undefined);
  return (
    <nav className={classes.bar} aria-label={t('label')}>
      <Link className={classes.item} href={`/${slug}/inbox`} aria-current={current('inbox')}>
        <IconInbox size={20} stroke={1.75} aria-hidden />
        {t('inbox')}
      </Link>
      <Link className={classes.item} href={`/${slug}/settings`} aria-current={current('settings')}>
        <IconSettings size={20} stroke={1.75} aria-hidden />
        {t('settings')}
      </Link>
    </nav>
  );
}
