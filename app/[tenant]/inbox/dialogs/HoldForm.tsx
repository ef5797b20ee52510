import { Button, Group, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useWhen } from '#components/time/useWhen.ts';
import { atHour, instantOf, localInput, wallOf } from '#components/time/zoned.ts';
import classes from './HoldDialog.module.css';
import type { HoldChoice } from './HoldDialog.tsx';

type Props = { sending: boolean; onClose: () => void; onHold: (choice: HoldChoice) => void };
type Preset = 'tomorrow' | 'inThree' | 'monday' | 'none' | 'own';

const MORNING = 9;

/** The form of 保留; times are the company's, whatever this device thinks. */
export function HoldForm({ sending, onClose, onHold }: Props) {
  const t = useTranslations('conversation.hold');
  const { zone, full } = useWhen();
  const [who, setWho] = useState<HoldChoice['for']>('customer');
  const [preset, setPreset] = useState<Preset>('tomorrow');
  const [own, setOwn] = useState(() => localInput(atHour(new Date(), zone, 1, MORNING), zone));
  const [wrong, setWrong] = useState(false);

  const now = new Date();
  const toMonday = (8 - wallOf(now, zone).weekday) % 7 || 7;
  const days = { tomorrow: 1, inThree: 3, monday: toMonday };
  const until = (): Date | null => {
    if (preset === 'none') return null;
    return preset === 'own' ? instantOf(own, zone) : atHour(now, zone, days[preset], MORNING);
  };
  const submit = () => {
    const at = until();
    if (preset !== 'none' && (!at || at.getTime() <= Date.now())) return setWrong(true);
    onHold({ for: sending ? 'customer' : who, until: at?.toISOString() ?? null });
  };
  const choice = <T extends string>(value: T, current: T, set: (value: T) => void, label: string, first = false) => (
    <button
      key={value}
      type="button"
      className={classes.choice}
      aria-pressed={value === current}
      data-autofocus={first || undefined}
      onClick={() => set(value)}
    >
      {label}
    </button>
  );
  const at = until();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {sending ? null : (
        <fieldset className={classes.group}>
          <legend className={classes.legend}>{t('who')}</legend>
          <div className={classes.choices}>
            {choice('customer', who, setWho, t('customer'), true)}
            {choice('inside', who, setWho, t('inside'))}
          </div>
        </fieldset>
      )}
      <fieldset className={classes.group}>
        <legend className={classes.legend}>{t('until')}</legend>
        <div className={classes.choices}>
          {choice('tomorrow', preset, setPreset, t('tomorrow'), sending)}
          {choice('inThree', preset, setPreset, t('inThree'))}
          {choice('monday', preset, setPreset, t('monday'))}
          {choice('own', preset, setPreset, t('own'))}
          {choice('none', preset, setPreset, t('none'))}
        </div>
      </fieldset>
      {preset === 'own' ? (
        <TextInput
          type="datetime-local"
          label={t('date')}
          value={own}
          min={localInput(now, zone)}
          error={wrong ? t('past') : undefined}
          onChange={(event) => {
            setOwn(event.currentTarget.value);
            setWrong(false);
          }}
          mb="md"
        />
      ) : null}
      <p>{at ? t('explain', { at: full(at.toISOString()) }) : t('explainNone')}</p>
      <Group mt="lg" justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('back')}
        </Button>
        <Button type="submit">{sending ? t('doSend') : t('do')}</Button>
      </Group>
    </form>
  );
}
