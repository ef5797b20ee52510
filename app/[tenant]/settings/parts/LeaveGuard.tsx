import { Button } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Dialog } from '#components/ui/Dialog.tsx';
import classes from './Sheet.module.css';

/** Asks before typed settings are lost: by our own dialog inside the product, by the browser's when its page goes. */
export function LeaveGuard({ typed }: { typed: boolean }) {
  const t = useTranslations('settings.leave');
  const router = useRouter();
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    if (!typed) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    const hold = (event: MouseEvent) => {
      const to = linkOf(event);
      if (to === null) return;
      event.preventDefault();
      event.stopPropagation();
      setWanted(to);
    };
    window.addEventListener('beforeunload', ask);
    // Before the link's own listener: Next navigates without the browser.
    document.addEventListener('click', hold, { capture: true });
    return () => {
      window.removeEventListener('beforeunload', ask);
      document.removeEventListener('click', hold, { capture: true });
    };
  }, [typed]);
  return (
    <Dialog opened={wanted !== null} onClose={() => setWanted(null)} title={t('title')}>
      <p className={classes.note}>{t('text')}</p>
      <div className={classes.buttons} style={{ marginTop: 16 }}>
        <Button onClick={() => setWanted(null)}>{t('stay')}</Button>
        <Button variant="default" onClick={() => router.push(wanted ?? '')}>
          {t('go')}
        </Button>
      </div>
    </Dialog>
  );
}

// Only what leaves this page in this window: not a new tab, not a download, not a place on the same page.
function linkOf(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.target === '_blank' || link.hasAttribute('download') || link.origin !== location.origin)
    return null;
  return link.pathname === location.pathname ? null : link.pathname + link.search;
}
