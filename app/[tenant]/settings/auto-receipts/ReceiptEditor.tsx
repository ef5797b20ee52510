'use client';

import { Button, Checkbox, Radio, Textarea, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { ReceiptSetting } from '#lib/autoreceipts/settings.ts';
import { InZone } from '../parts/InZone.tsx';
import { LeaveGuard } from '../parts/LeaveGuard.tsx';
import { Refused } from '../parts/Refused.tsx';
import sheet from '../parts/Sheet.module.css';
import { SheetHead } from '../parts/SheetHead.tsx';
import classes from './AutoReceipts.module.css';
import { Fuse } from './Fuse.tsx';
import { ReceiptPreview } from './ReceiptPreview.tsx';
import { ReceiptState } from './ReceiptState.tsx';
import { type ReceiptForm, useReceiptForm } from './useReceiptForm.ts';

type Props = { slug: string; zone: string; receipt: ReceiptSetting; edit: boolean };
const HOURS: readonly ReceiptForm['hours'][] = ['always', 'inside', 'outside'];

/** When a 窓口 answers by itself, with what words, and how many an hour at the most. */
export function ReceiptEditor({ slug, zone, receipt, edit }: Props) {
  const t = useTranslations('autoreceipts');
  const { values, set, wrong, problem, busy, typed, save } = useReceiptForm(slug, receipt);
  return (
    <InZone zone={zone}>
      <SheetHead
        title={receipt.mailbox.name}
        path={[{ name: t('title'), href: `/${slug}/settings/auto-receipts` }]}
        mark={<ReceiptState receipt={receipt} />}
      />
      <LeaveGuard typed={typed} />
      <Fuse slug={slug} receipt={receipt} edit={edit} />
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
            {receipt.sender === null ? <p className={classes.warn}>{t('noAccountLong')}</p> : null}
            <Checkbox
              label={t('enable')}
              checked={values.enabled}
              onChange={(event) => set({ enabled: event.currentTarget.checked })}
            />
            <Radio.Group
              label={t('hours')}
              value={values.hours}
              error={wrong.hours}
              onChange={(hours) => set({ hours: hours as ReceiptForm['hours'] })}
            >
              <div className={classes.choices}>
                {HOURS.map((hours) => (
                  <Radio key={hours} value={hours} label={t(`when.${hours}`)} size="xs" />
                ))}
              </div>
            </Radio.Group>
            <p className={sheet.note}>
              {receipt.businessHours === '' ? t('noHours') : t('hoursAre', { hours: receipt.businessHours })}
            </p>
            <TextInput
              label={t('subject')}
              value={values.subject}
              error={wrong.subject}
              maxLength={300}
              onChange={(event) => set({ subject: event.currentTarget.value })}
            />
            <Textarea
              label={t('text')}
              value={values.text}
              error={wrong.text}
              maxLength={20_000}
              autosize
              minRows={8}
              maxRows={24}
              onChange={(event) => set({ text: event.currentTarget.value })}
            />
            <Placeholders />
            <TextInput
              label={t('perHour')}
              description={t('perHourHelp')}
              className={classes.short}
              inputMode="numeric"
              value={values.perHour}
              error={wrong.perHour}
              maxLength={4}
              onChange={(event) => set({ perHour: event.currentTarget.value })}
            />
          </fieldset>
          {edit ? (
            <div className={sheet.buttons}>
              <Button type="submit" loading={busy}>
                {t('save')}
              </Button>
            </div>
          ) : null}
        </form>
        <ReceiptPreview slug={slug} receipt={receipt} subject={values.subject} text={values.text} />
      </div>
    </InZone>
  );
}

const PLACEHOLDERS = ['customer_name', 'case_number', 'mailbox_name', 'business_hours'] as const;

function Placeholders() {
  const t = useTranslations('autoreceipts');
  return (
    <dl className={classes.placeholders} aria-label={t('placeholders')}>
      {PLACEHOLDERS.map((name) => (
        <div key={name} className={classes.placeholder}>
          <dt>{`{${name}}`}</dt>
          <dd>{t(`placeholder.${name}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
