import { Button, SegmentedControl, Select, Textarea } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useWhen } from '#components/time/useWhen.ts';
import type { FormField } from '#lib/mail/forms/pattern.ts';
import { Refused } from '../parts/Refused.tsx';
import classes from './Forms.module.css';
import { ReadMail } from './ReadMail.tsx';
import { TriedMails } from './TriedMails.tsx';
import { useTrial } from './useTrial.ts';
import type { PatternForm } from './values.ts';

type Props = { slug: string; values: PatternForm; onSuggest: ((fields: FormField[]) => void) | null };

/** What the pattern reads, before it is saved: on one mail line by line, and on the sender's last hundred. */
export function Preview({ slug, values, onSuggest }: Props) {
  const t = useTranslations('forms.preview');
  const when = useWhen();
  const [mailId, setMailId] = useState<string | null>(null);
  const [from, setFrom] = useState<'mail' | 'pasted'>('mail');
  const [pasted, setPasted] = useState('');
  // The mail chosen belongs to its sender; with another one the newest is shown.
  const [sender, setSender] = useState(values.sender);
  if (sender !== values.sender) {
    setSender(values.sender);
    setMailId(null);
  }
  const { tried, problem, busy } = useTrial(slug, values, mailId, from === 'pasted' ? pasted : null);
  const mails = tried?.mails ?? [];
  const shown = tried?.shown ?? null;
  return (
    <section aria-label={t('title')} aria-busy={busy}>
      <div className={classes.previewHead}>
        <h2 className={classes.group}>{t('title')}</h2>
        <SegmentedControl
          aria-label={t('from')}
          value={from}
          data={[
            { value: 'mail', label: t('fromMail') },
            { value: 'pasted', label: t('fromPasted') },
          ]}
          onChange={(value) => setFrom(value === 'pasted' ? 'pasted' : 'mail')}
        />
      </div>
      <Refused problem={problem} title={t('failed')} />
      {from === 'pasted' ? (
        <Textarea
          label={t('pasteLabel')}
          value={pasted}
          maxLength={50_000}
          autosize
          minRows={4}
          maxRows={10}
          onChange={(event) => setPasted(event.currentTarget.value)}
        />
      ) : null}
      {tried === null ? <p className={classes.lead}>{t('chooseSender')}</p> : null}
      {from === 'mail' && tried !== null && mails.length === 0 ? <p className={classes.lead}>{t('noMails')}</p> : null}
      {from === 'mail' && mails.length > 0 ? (
        <Select
          label={t('mail')}
          data={mails.map(({ id, subject, at }) => ({
            value: id,
            label: `${when.brief(at)}  ${subject || t('noSubject')}`,
          }))}
          value={shown?.id ?? null}
          allowDeselect={false}
          onChange={setMailId}
        />
      ) : null}
      {shown && shown.text !== '' ? (
        <>
          <ReadMail mail={shown} fields={values.fields} />
          {onSuggest && shown.suggested.length > 1 && values.fields.every(({ label }) => label.trim() === '') ? (
            <Button size="sm" variant="default" onClick={() => onSuggest(shown.suggested)}>
              {t('suggest', { count: shown.suggested.length })}
            </Button>
          ) : null}
        </>
      ) : null}
      {from === 'mail' && mails.length > 0 ? <TriedMails mails={mails} onShow={setMailId} /> : null}
    </section>
  );
}
