import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Dialog } from '#components/ui/Dialog.tsx';
import type { AccountToEdit } from '#lib/accounts/edit.ts';
import { Refused } from '../../parts/Refused.tsx';
import classes from '../../parts/Sheet.module.css';
import { useDeed } from '../../parts/useDeed.ts';
import { pauseAccount, removeAccount, resumeAccount } from '../actions.ts';

/** Stop receiving and begin again; delete what never had mail. Not while something typed waits to be saved: it would be lost. */
export function AccountDeeds({ slug, account, typed }: { slug: string; account: AccountToEdit; typed: boolean }) {
  const t = useTranslations('settings.account');
  const router = useRouter();
  const { busy, problem, run } = useDeed();
  const [asking, setAsking] = useState(false);
  const { id, address } = account;
  const waits = account.auth !== 'password' && !account.signedIn;
  const remove = async () => {
    setAsking(false);
    if (await run('remove', removeAccount(slug, id), t('removed', { address })))
      router.push(`/${slug}/settings/mailboxes`);
  };
  return (
    <section style={{ marginTop: 24 }}>
      <h2 className={classes.subtitle}>{t('state')}</h2>
      <Refused problem={problem} title={t('refused')} />
      <div className={classes.buttons}>
        {account.state === 'active' ? (
          <Button
            variant="default"
            leftSection={<IconPlayerPause size={16} stroke={1.75} />}
            loading={busy === 'pause'}
            disabled={typed}
            onClick={() => void run('pause', pauseAccount(slug, id), t('paused', { address }))}
          >
            {t('pause')}
          </Button>
        ) : (
          <Button
            variant="default"
            leftSection={<IconPlayerPlay size={16} stroke={1.75} />}
            loading={busy === 'resume'}
            disabled={waits || typed}
            onClick={() => void run('resume', resumeAccount(slug, id), t('resumed', { address }))}
          >
            {t('resume')}
          </Button>
        )}
        {account.hasMail ? null : (
          <Button
            variant="default"
            leftSection={<IconTrash size={16} stroke={1.75} />}
            loading={busy === 'remove'}
            disabled={typed}
            onClick={() => setAsking(true)}
          >
            {t('remove')}
          </Button>
        )}
      </div>
      {account.hasMail ? <p className={classes.note}>{t('cannotRemove')}</p> : null}
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('removeTitle')}>
        <p className={classes.note}>{t('removeText', { address })}</p>
        <div className={classes.buttons} style={{ marginTop: 16 }}>
          <Button onClick={() => void remove()}>{t('remove')}</Button>
          <Button variant="default" onClick={() => setAsking(false)}>
            {t('keep')}
          </Button>
        </div>
      </Dialog>
    </section>
  );
}
