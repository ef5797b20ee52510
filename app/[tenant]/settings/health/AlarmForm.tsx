import { Button, Textarea, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblemText } from '#components/ui/useProblemText.ts';
import type { AlarmSettings } from '#lib/accounts/alarm-settings.ts';
import { linesOf } from '../mailboxes/account/form.ts';
import { LeaveGuard } from '../parts/LeaveGuard.tsx';
import { Refused } from '../parts/Refused.tsx';
import sheet from '../parts/Sheet.module.css';
import { useDeed } from '../parts/useDeed.ts';
import { saveAlarm } from './actions.ts';

/** Whom to write when receiving stands still, and after how long. */
export function AlarmForm({ slug, alarm }: { slug: string; alarm: AlarmSettings }) {
  const t = useTranslations('settings.alarm');
  const say = useProblemText();
  const { busy, problem, run } = useDeed();
  const [kept, setKept] = useState({ addresses: alarm.addresses.join('\n'), after: String(alarm.afterMinutes) });
  const [values, setValues] = useState(kept);
  const field = problem?.field?.split('.')[0];
  const save = async () => {
    const input = { addresses: linesOf(values.addresses), afterMinutes: Number(values.after) };
    if (await run('alarm', saveAlarm(slug, input), t('saved'))) setKept(values);
  };
  return (
    <form
      className={sheet.section}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <LeaveGuard typed={values.addresses !== kept.addresses || values.after !== kept.after} />
      <h2 className={sheet.subtitle}>
        {t('title')}
        <span className={sheet.lead}>{t('lead')}</span>
      </h2>
      <div className={`${sheet.fields} ${sheet.narrow}`}>
        {field ? null : <Refused problem={problem} title={t('refused')} />}
        <Textarea
          name="alarmAddresses"
          label={t('addresses')}
          description={t('addressesHelp')}
          value={values.addresses}
          error={problem && field === 'addresses' ? say(problem) : undefined}
          autosize
          minRows={2}
          maxRows={10}
          onChange={(event) => setValues({ ...values, addresses: event.currentTarget.value })}
        />
        <TextInput
          name="alarmAfter"
          label={t('after')}
          description={t('afterHelp')}
          value={values.after}
          error={problem && field === 'afterMinutes' ? say(problem) : undefined}
          inputMode="numeric"
          styles={{ wrapper: { maxWidth: 120 } }}
          onChange={(event) => setValues({ ...values, after: event.currentTarget.value.normalize('NFKC').trim() })}
        />
        <div className={sheet.buttons}>
          <Button type="submit" loading={busy !== null}>
            {t('save')}
          </Button>
        </div>
      </div>
    </form>
  );
}
