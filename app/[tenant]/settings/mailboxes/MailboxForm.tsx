'use client';

import { Button, Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { MailboxInput } from '#lib/mailboxes/input.ts';
import type { MailboxChoices, MailboxToEdit } from '#lib/mailboxes/settings.ts';
import { LeaveGuard } from '../parts/LeaveGuard.tsx';
import { Refused } from '../parts/Refused.tsx';
import classes from '../parts/Sheet.module.css';
import { SheetHead } from '../parts/SheetHead.tsx';
import { useMailboxForm } from './useMailboxForm.ts';

type Props = { slug: string; mailbox: MailboxToEdit | null; choices: MailboxChoices };

/** What a 窓口 is called, how it answers, how it is worked and who sees it. */
export function MailboxForm({ slug, mailbox, choices }: Props) {
  const t = useTranslations('settings.mailbox');
  const list = useTranslations('settings.mailboxes');
  const form = useMailboxForm(slug, mailbox);
  const here = `/${slug}/settings/mailboxes`;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.save();
      }}
    >
      <LeaveGuard typed={form.typed} />
      <SheetHead title={mailbox?.name ?? t('newTitle')} path={[{ name: list('title'), href: here }]}>
        <Button variant="default" component={Link} href={here}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={form.busy}>
          {t('save')}
        </Button>
      </SheetHead>
      <div className={classes.section}>
        <div className={`${classes.fields} ${classes.narrow}`}>
          <Refused problem={form.problem} title={t('refused')} />
          <Basics form={form} />
          <Rules form={form} choices={choices} />
          <Who form={form} choices={choices} />
        </div>
      </div>
    </form>
  );
}

type Form = ReturnType<typeof useMailboxForm>;

function Basics({ form: { values, set, wrong } }: { form: Form }) {
  const t = useTranslations('settings.mailbox');
  return (
    <>
      <h2 className={classes.group}>{t('basics')}</h2>
      <TextInput
        name="name"
        label={t('name')}
        description={t('nameHelp')}
        value={values.name}
        error={wrong.name}
        maxLength={60}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        name="fromName"
        label={t('fromName')}
        description={t('fromNameHelp')}
        value={values.fromName}
        error={wrong.fromName}
        maxLength={100}
        onChange={(event) => set({ fromName: event.currentTarget.value })}
      />
      <Textarea
        name="signature"
        label={t('signature')}
        description={t('signatureHelp')}
        value={values.signature}
        error={wrong.signature}
        autosize
        minRows={4}
        maxRows={12}
        onChange={(event) => set({ signature: event.currentTarget.value })}
      />
    </>
  );
}

function Rules({ form: { values, set, wrong }, choices }: { form: Form; choices: MailboxChoices }) {
  const t = useTranslations('settings.mailbox');
  return (
    <>
      <h2 className={classes.group}>{t('rules')}</h2>
      <div className={classes.pair}>
        <Select
          label={t('defaultThen')}
          description={t('defaultThenHelp')}
          data={(['done', 'doing', 'hold'] as const).map((value) => ({ value, label: t(`then.${value}`) }))}
          value={values.defaultThen}
          allowDeselect={false}
          onChange={(value) => set({ defaultThen: (value ?? 'done') as MailboxInput['defaultThen'] })}
        />
        <Select
          label={t('calendar')}
          description={t('calendarHelp')}
          data={[
            { value: '', label: t('calendarNone') },
            ...choices.calendars.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={values.calendarId ?? ''}
          error={wrong.calendarId}
          allowDeselect={false}
          onChange={(value) => set({ calendarId: value || null })}
        />
      </div>
      <NumberInput
        name="reopenDays"
        label={t('reopenDays')}
        description={t('reopenHelp', { days: choices.reopenDays })}
        value={values.reopenDays ?? ''}
        error={wrong.reopenDays}
        min={0}
        max={3650}
        allowDecimal={false}
        hideControls
        styles={{ wrapper: { maxWidth: 120 } }}
        placeholder={String(choices.reopenDays)}
        onChange={(value) => set({ reopenDays: value === '' ? null : Number(value) })}
      />
      <Checkbox
        label={t('threadBySubject')}
        description={t('threadRisk')}
        checked={values.threadBySubject}
        onChange={(event) => set({ threadBySubject: event.currentTarget.checked })}
      />
    </>
  );
}

function Who({ form: { values, set, wrong }, choices }: { form: Form; choices: MailboxChoices }) {
  const t = useTranslations('settings.mailbox');
  return (
    <>
      <h2 className={classes.group}>{t('who')}</h2>
      <Checkbox.Group
        aria-label={t('who')}
        description={choices.groups.length > 0 ? t('whoHelp') : t('noGroups')}
        value={values.groupIds}
        error={wrong.groupIds}
        onChange={(groupIds) => set({ groupIds })}
      >
        <div className={classes.fields}>
          {choices.groups.map(({ id, name, members }) => (
            <Checkbox key={id} value={id} label={t('groupOf', { name, count: members })} />
          ))}
        </div>
      </Checkbox.Group>
      {values.groupIds.length === 0 ? <p className={`${classes.note} ${classes.risk}`}>{t('nobody')}</p> : null}
    </>
  );
}
