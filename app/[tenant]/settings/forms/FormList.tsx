'use client';

import { ActionIcon, Button, Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconForms, IconPlus } from '@tabler/icons-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import type { PatternRow } from '#lib/forms/list.ts';
import { Refused } from '../parts/Refused.tsx';
import sheet from '../parts/Sheet.module.css';
import { SheetHead } from '../parts/SheetHead.tsx';
import { useDeed } from '../parts/useDeed.ts';
import { movePattern, switchPattern } from './actions.ts';
import classes from './Forms.module.css';

type Props = { slug: string; patterns: PatternRow[]; edit: boolean };

/** The patterns in their order; the first that fits reads the mail. */
export function FormList({ slug, patterns, edit }: Props) {
  const t = useTranslations('forms');
  const format = useFormatter();
  const { busy, problem, run } = useDeed();
  const add = (
    <Button component={Link} href={`/${slug}/settings/forms/new`} leftSection={<IconPlus size={16} stroke={1.75} />}>
      {t('add')}
    </Button>
  );
  const move = (row: PatternRow, way: 'up' | 'down') => void run(row.id, movePattern(slug, row.id, way), '');
  const turn = (row: PatternRow) =>
    void run(row.id, switchPattern(slug, row.id, !row.enabled), t(row.enabled ? 'off' : 'on', { name: row.name }));
  if (patterns.length === 0) {
    return (
      <>
        <SheetHead title={t('title')} />
        <EmptyState icon={<IconForms size={24} stroke={1.75} />} title={t('emptyTitle')} actions={edit ? add : null}>
          {t('emptyText')}
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <SheetHead title={t('title')}>{edit ? add : null}</SheetHead>
      <section className={sheet.section}>
        <p className={classes.lead}>{t('lead')}</p>
        <Refused problem={problem} title={t('refused')} />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than a phone is scrolled by keys, too */}
        <section className={classes.scroll} aria-label={t('title')} tabIndex={0}>
          <table className={`${classes.table} ${classes.stack}`}>
            <thead>
              <tr>
                <th scope="col">{t('name')}</th>
                <th scope="col">{t('fields')}</th>
                <th scope="col">{t('mailbox')}</th>
                <th scope="col">{t('state')}</th>
                {edit ? <th scope="col">{t('order')}</th> : null}
              </tr>
            </thead>
            <tbody>
              {patterns.map((row, index) => (
                <tr key={row.id}>
                  <td>
                    <Link className={classes.name} href={`/${slug}/settings/forms/${row.id}`}>
                      {row.name}
                    </Link>
                    <div className={classes.quiet}>{row.sender}</div>
                    {row.subjectContains === '' ? null : (
                      <div className={classes.quiet}>{t('withSubject', { words: row.subjectContains })}</div>
                    )}
                  </td>
                  <td className={classes.quiet}>{format.list(row.fields.map(({ label }) => label))}</td>
                  <td className={classes.nowrap}>{row.mailbox?.name ?? t('everyMailbox')}</td>
                  <td className={classes.nowrap}>
                    {edit ? (
                      <Checkbox
                        label={t('enabled')}
                        checked={row.enabled}
                        disabled={busy !== null}
                        onChange={() => turn(row)}
                      />
                    ) : (
                      t(row.enabled ? 'enabled' : 'disabled')
                    )}
                  </td>
                  {edit ? (
                    <td className={classes.nowrap}>
                      <ActionIcon
                        aria-label={t('up', { name: row.name })}
                        disabled={index === 0 || busy !== null}
                        onClick={() => move(row, 'up')}
                      >
                        <IconArrowUp size={16} stroke={1.75} />
                      </ActionIcon>
                      <ActionIcon
                        aria-label={t('down', { name: row.name })}
                        disabled={index === patterns.length - 1 || busy !== null}
                        onClick={() => move(row, 'down')}
                      >
                        <IconArrowDown size={16} stroke={1.75} />
                      </ActionIcon>
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
