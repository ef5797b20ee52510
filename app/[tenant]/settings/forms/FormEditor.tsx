'use client';

import { Autocomplete, Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Dialog } from '#components/ui/Dialog.tsx';
import type { PatternRow } from '#lib/forms/list.ts';
import type { RecentSender } from '#lib/forms/recent.ts';
import { InZone } from '../parts/InZone.tsx';
import { LeaveGuard } from '../parts/LeaveGuard.tsx';
import { Refused } from '../parts/Refused.tsx';
import sheet from '../parts/Sheet.module.css';
import { SheetHead } from '../parts/SheetHead.tsx';
import { FieldRows } from './FieldRows.tsx';
import classes from './Forms.module.css';
import { Preview } from './Preview.tsx';
import { useFormEditor } from './useFormEditor.ts';
import { fieldRow } from './values.ts';

type Props = {
  slug: string;
  zone: string;
  pattern: PatternRow | null;
  edit: boolean;
  mailboxes: { id: string; name: string }[];
  senders: RecentSender[];
};

/** One pattern: whose mails, which labels, and beside it at once what it reads. */
export function FormEditor({ slug, zone, pattern, edit, mailboxes, senders }: Props) {
  const t = useTranslations('forms');
  const { values, set, wrong, problem, busy, typed, save, remove } = useFormEditor(slug, pattern);
  const [asking, setAsking] = useState(false);
  const list = `/${slug}/settings/forms`;
  return (
    <InZone zone={zone}>
      <SheetHead title={pattern ? pattern.name : t('newTitle')} path={[{ name: t('title'), href: list }]} />
      <LeaveGuard typed={typed} />
      <div className={sheet.columns}>
        <form
          className={sheet.fields}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <fieldset className={classes.plain} disabled={!edit}>
            <Refused problem={problem} title={t('refused')} />
            <TextInput
              label={t('name')}
              value={values.name}
              error={wrong.name}
              maxLength={100}
              placeholder={t('namePlaceholder')}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
            <Autocomplete
              label={t('sender')}
              description={t('senderHelp')}
              value={values.sender}
              error={wrong.sender}
              maxLength={254}
              autoComplete="off"
              data={[
                { group: t('likely'), items: senders.filter((s) => s.likely).map((s) => s.address) },
                { group: t('otherSenders'), items: senders.filter((s) => !s.likely).map((s) => s.address) },
              ].filter(({ items }) => items.length > 0)}
              onChange={(sender) => set({ sender })}
            />
            <TextInput
              label={t('subjectContains')}
              description={t('subjectHelp')}
              value={values.subjectContains}
              maxLength={200}
              onChange={(event) => set({ subjectContains: event.currentTarget.value })}
            />
            <Select
              label={t('mailbox')}
              data={[
                { value: '', label: t('everyMailbox') },
                ...mailboxes.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              value={values.mailboxId}
              error={wrong.mailboxId}
              allowDeselect={false}
              onChange={(mailboxId) => set({ mailboxId: mailboxId ?? '' })}
            />
            <FieldRows rows={values.fields} error={wrong.fields} onChange={(fields) => set({ fields })} />
            <Checkbox
              label={t('use')}
              checked={values.enabled}
              onChange={(event) => set({ enabled: event.currentTarget.checked })}
            />
            <p className={sheet.note}>{t('fromNowOn')}</p>
          </fieldset>
          {edit ? (
            <div className={sheet.buttons}>
              <Button type="submit" loading={busy}>
                {t('save')}
              </Button>
              {pattern ? (
                <Button variant="default" disabled={busy} onClick={() => setAsking(true)}>
                  {t('delete')}
                </Button>
              ) : null}
            </div>
          ) : null}
        </form>
        <Preview
          slug={slug}
          values={values}
          onSuggest={edit ? (fields) => set({ fields: fields.map(fieldRow) }) : null}
        />
      </div>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('deleteTitle', { name: pattern?.name ?? '' })}>
        <p className={sheet.note}>{t('deleteText')}</p>
        <div className={`${sheet.buttons} ${classes.below}`}>
          <Button color="red" loading={busy} onClick={() => void remove()}>
            {t('delete')}
          </Button>
          <Button variant="default" onClick={() => setAsking(false)}>
            {t('back')}
          </Button>
        </div>
      </Dialog>
    </InZone>
  );
}
