'use client';

import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Banner } from '#components/ui/Banner.tsx';
import type { BoardAccount } from '#lib/accounts/board.ts';
import type { AccountToEdit } from '#lib/accounts/edit.ts';
import { LeaveGuard } from '../../parts/LeaveGuard.tsx';
import { Refused } from '../../parts/Refused.tsx';
import classes from '../../parts/Sheet.module.css';
import { SheetHead } from '../../parts/SheetHead.tsx';
import { StateMark } from '../../parts/StateMark.tsx';
import { AccountDeeds } from './AccountDeeds.tsx';
import { AccountFields } from './AccountFields.tsx';
import { TestSteps } from './TestSteps.tsx';
import { signInPath, useAccountForm } from './useAccountForm.ts';

type Props = {
  slug: string;
  zone: string;
  mailbox: { id: string; name: string };
  mailboxes: { id: string; name: string }[];
  account: AccountToEdit | null;
  health: BoardAccount | null;
  oauth: readonly string[];
};

/** One mail account: its form at the left, the test of what stands in it at the right. */
export function AccountSheet({ slug, zone, mailbox, mailboxes, account, health, oauth }: Props) {
  const t = useTranslations('settings.account');
  const list = useTranslations('settings.mailboxes');
  const form = useAccountForm({ slug, zone, mailboxId: mailbox.id, account, oauth });
  const { values, busy } = form;
  const here = `/${slug}/settings/mailboxes`;
  const signedIn = account?.signedIn === true && account.auth === values.auth;
  const waits = values.auth !== 'password' && !signedIn;
  return (
    <>
      <LeaveGuard typed={form.typed} />
      <SheetHead
        title={account?.address ?? t('newTitle')}
        path={[
          { name: list('title'), href: here },
          { name: mailbox.name, href: `${here}/${mailbox.id}` },
        ]}
        mark={health ? <StateMark account={health} /> : null}
      >
        <Button variant="default" component={Link} href={`${here}/${mailbox.id}`}>
          {t('cancel')}
        </Button>
        <Button type="submit" form="account" loading={busy === 'save'} disabled={busy === 'test' || busy === 'mail'}>
          {waits ? t('saveOauth') : account ? t('saveChanges') : t('save')}
        </Button>
      </SheetHead>
      {account && account.auth !== 'password' ? <SignIn slug={slug} account={account} /> : null}
      <div className={classes.columns}>
        <form
          id="account"
          className={classes.fields}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void form.save();
          }}
        >
          <Refused problem={form.problem} title={t('refused')} />
          <AccountFields form={form} account={account} mailboxes={mailboxes} oauth={oauth} />
        </form>
        <div>
          <TestSteps
            progress={form.progress}
            busy={busy !== null}
            waits={waits}
            onTest={() => void form.test()}
            onMail={() => void form.testMail()}
            onStop={form.stop}
          />
          {account ? <AccountDeeds slug={slug} account={account} typed={form.typed} /> : null}
        </div>
      </div>
    </>
  );
}

function SignIn({ slug, account }: { slug: string; account: AccountToEdit }) {
  const t = useTranslations('settings.account');
  return (
    <div className={classes.banner}>
      <Banner
        tone={account.signedIn ? 'plain' : 'soon'}
        icon={<IconAlertTriangle size={16} stroke={1.75} />}
        title={account.signedIn ? t('oauthDone') : t('oauthWaits')}
        actions={
          <Button size="sm" variant="default" component="a" href={signInPath(slug, account.id, account.auth)}>
            {account.signedIn ? t('oauthAgain') : t(account.auth === 'google' ? 'byGoogle' : 'byMicrosoft')}
          </Button>
        }
      />
    </div>
  );
}
