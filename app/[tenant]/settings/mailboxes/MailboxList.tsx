'use client';

import { ActionIcon, Button } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconInbox, IconPlus } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import type { BoardAccount } from '#lib/accounts/board.ts';
import type { MailboxRow } from '#lib/mailboxes/settings.ts';
import { Refused } from '../parts/Refused.tsx';
import sheet from '../parts/Sheet.module.css';
import { SheetHead } from '../parts/SheetHead.tsx';
import { StateMark } from '../parts/StateMark.tsx';
import classes from '../parts/Table.module.css';
import { useDeed } from '../parts/useDeed.ts';
import { useFresh } from '../parts/useFresh.ts';
import { moveMailbox } from './actions.ts';

type Props = { slug: string; mailboxes: MailboxRow[]; board: BoardAccount[] };

/** Every 窓口 in its order, with its accounts and how they receive. */
export function MailboxList({ slug, mailboxes, board }: Props) {
  const t = useTranslations('settings.mailboxes');
  const { problem, busy, run } = useDeed();
  const several = mailboxes.length > 1;
  const here = `/${slug}/settings/mailboxes`;
  useFresh(30);
  const add = (
    <Button component={Link} href={`${here}/new`} leftSection={<IconPlus size={16} stroke={1.75} />}>
      {t('add')}
    </Button>
  );
  const move = (id: string, by: -1 | 1) => void run(id, moveMailbox(slug, id, by), '');
  if (mailboxes.length === 0) {
    return (
      <>
        <SheetHead title={t('title')} />
        <EmptyState icon={<IconInbox size={24} stroke={1.75} />} title={t('emptyTitle')} actions={add}>
          {t('emptyText')}
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <SheetHead title={t('title')} mark={<span className={sheet.note}>{t('lead')}</span>}>
        {add}
      </SheetHead>
      <section className={sheet.section}>
        <Refused problem={problem} title={t('title')} />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than a phone is scrolled by keys, too */}
        <section className={classes.scroll} aria-label={t('table.label')} tabIndex={0}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('table.name')}</th>
                <th scope="col">{t('table.accounts')}</th>
                <th scope="col">{t('table.groups')}</th>
                <th scope="col">{t('table.calendar')}</th>
                {several ? <th scope="col">{t('table.order')}</th> : null}
              </tr>
            </thead>
            <tbody>
              {mailboxes.map((mailbox, index) => (
                <tr key={mailbox.id}>
                  <td className={classes.wide}>
                    <Link className={classes.name} href={`${here}/${mailbox.id}`}>
                      {mailbox.name}
                    </Link>
                    <div className={classes.quiet}>{mailbox.fromName}</div>
                  </td>
                  <td className={classes.wide}>
                    <Accounts here={here} mailbox={mailbox} board={board} />
                  </td>
                  <td className={classes.nowrap}>
                    {mailbox.groups.length > 0 ? (
                      mailbox.groups.map((name) => <div key={name}>{name}</div>)
                    ) : (
                      <span className={classes.soon}>{t('noGroups')}</span>
                    )}
                  </td>
                  <td className={classes.nowrap}>
                    {mailbox.calendar ?? <span className={classes.quiet}>{t('noCalendar')}</span>}
                  </td>
                  {several ? (
                    <td>
                      <Order
                        name={mailbox.name}
                        first={index === 0}
                        last={index === mailboxes.length - 1}
                        busy={busy !== null}
                        onMove={(by) => move(mailbox.id, by)}
                      />
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </section>
    </>
  );
}

function Accounts({ here, mailbox, board }: { here: string; mailbox: MailboxRow; board: BoardAccount[] }) {
  const t = useTranslations('settings.mailboxes');
  if (mailbox.accounts.length === 0) {
    return (
      <div className={classes.accounts}>
        <span className={classes.quiet}>{t('noAccounts')}</span>
        <Link href={`${here}/${mailbox.id}/accounts/new`}>{t('addAccount')}</Link>
      </div>
    );
  }
  return (
    <div className={classes.accounts}>
      {mailbox.accounts.map(({ id, address, signedIn }) => {
        const health = board.find((account) => account.id === id);
        return (
          <span key={id} className={classes.account}>
            <Link href={`${here}/${mailbox.id}/accounts/${id}`}>{address}</Link>
            {signedIn ? null : <span className={classes.soon}>{t('signInNeeded')}</span>}
            {signedIn && health ? <StateMark account={health} /> : null}
          </span>
        );
      })}
    </div>
  );
}

type OrderProps = { name: string; first: boolean; last: boolean; busy: boolean; onMove: (by: -1 | 1) => void };

function Order({ name, first, last, busy, onMove }: OrderProps) {
  const t = useTranslations('settings.mailboxes');
  return (
    <span className={classes.order}>
      <ActionIcon aria-label={t('up', { name })} disabled={first || busy} onClick={() => onMove(-1)}>
        <IconChevronUp size={16} stroke={1.75} aria-hidden />
      </ActionIcon>
      <ActionIcon aria-label={t('down', { name })} disabled={last || busy} onClick={() => onMove(1)}>
        <IconChevronDown size={16} stroke={1.75} aria-hidden />
      </ActionIcon>
    </span>
  );
}
