import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { sendLimitsOf } from '#lib/mail/providers.ts';
import classes from '../../parts/Sheet.module.css';
import type { FieldsProps } from './AccountFields.tsx';

/** From when on mail is taken in, which addresses are ours, where copies lie, how fast may be sent. */
export function MoreFields({ form, account }: FieldsProps) {
  const t = useTranslations('settings.account');
  const { values, set, wrong, folderNames } = form;
  const folders = [...new Set([values.sentFolder, ...folderNames])].filter((name) => name !== '');
  return (
    <>
      <h2 className={classes.group}>{t('receive')}</h2>
      {account === null ? (
        <TextInput
          name="importSince"
          type="date"
          label={t('importSince')}
          description={t('importHelp')}
          value={values.importSince}
          error={wrong.importSince}
          onChange={(event) => set({ importSince: event.currentTarget.value })}
        />
      ) : (
        <p className={classes.note}>
          {t('importFixed', { since: values.importSince === '' ? t('importNow') : values.importSince })}
        </p>
      )}
      <Select
        label={t('sentFolder')}
        description={t('sentHelp')}
        data={[{ value: '', label: t('sentAuto') }, ...folders.map((name) => ({ value: name, label: name }))]}
        value={values.sentFolder}
        error={wrong.sentFolder}
        allowDeselect={false}
        onChange={(sentFolder) => set({ sentFolder: sentFolder ?? '' })}
      />
      <Checkbox
        label={t('filesSent')}
        description={t('filesSentHelp')}
        checked={values.filesSent}
        onChange={(event) => set({ filesSent: event.currentTarget.checked })}
      />
      <Textarea
        name="aliases"
        label={t('aliases')}
        description={t('aliasesHelp')}
        value={values.aliases}
        error={wrong.aliases}
        autosize
        minRows={2}
        maxRows={8}
        onChange={(event) => set({ aliases: event.currentTarget.value })}
      />
      <Checkbox
        label={t('plusAddress')}
        description={t('plusHelp', { example: plusExample(values.address) })}
        checked={values.plusAddress}
        onChange={(event) => set({ plusAddress: event.currentTarget.checked })}
      />
      <Limits form={form} />
    </>
  );
}

const plusExample = (address: string): string =>
  (address.includes('@') ? address : 'info@example.jp').replace('@', '+a1b2c3@');

function Limits({ form: { values, set, wrong } }: Pick<FieldsProps, 'form'>) {
  const t = useTranslations('settings.account');
  const limits = sendLimitsOf(values);
  const known = (value: number | null) => (value === null ? t('limitUnknown') : t('limitOf', { value }));
  const field = (name: 'sendPerMinute' | 'sendConnections', published: number | null) => (
    <TextInput
      name={name}
      label={t(name)}
      description={known(published)}
      value={values[name]}
      error={wrong[name]}
      inputMode="numeric"
      onChange={(event) => set({ [name]: event.currentTarget.value.normalize('NFKC').trim() })}
    />
  );
  return (
    <>
      <h2 className={classes.group}>{t('limits')}</h2>
      <p className={classes.note}>{t('limitsHelp')}</p>
      <div className={classes.pair}>
        {field('sendPerMinute', limits.perMinute)}
        {field('sendConnections', limits.connections)}
      </div>
    </>
  );
}
