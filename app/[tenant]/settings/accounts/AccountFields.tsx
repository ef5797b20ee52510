import { Checkbox, PasswordInput, Select, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { ChangeEvent } from 'react';
import type { AccountForm } from './form.ts';
import classes from './NewAccount.module.css';
import { ServerFields } from './ServerFields.tsx';
import type { Wrong } from './useAccountForm.ts';

type Props = {
  values: AccountForm;
  set: (change: Partial<AccountForm>) => void;
  wrong: Wrong;
  mailboxes: { id: string; name: string }[];
};
type TextField = 'address' | 'imapUser' | 'imapPassword' | 'smtpUser' | 'smtpPassword' | 'importSince';

/** What has to be known of an account: where it is read, where it is sent, from when on. */
export function AccountFields({ values, set, wrong, mailboxes }: Props) {
  const t = useTranslations('settings.form');
  const text = (name: TextField) => ({
    name,
    label: t(name),
    value: values[name],
    error: wrong[name],
    onChange: (event: ChangeEvent<HTMLInputElement>) => set({ [name]: event.currentTarget.value }),
  });
  return (
    <>
      <Select
        label={t('mailboxId')}
        data={mailboxes.map(({ id, name }) => ({ value: id, label: name }))}
        value={values.mailboxId || null}
        placeholder={t('choose')}
        error={wrong.mailboxId}
        allowDeselect={false}
        onChange={(mailboxId) => set({ mailboxId: mailboxId ?? '' })}
      />
      <TextInput
        {...text('address')}
        type="email"
        inputMode="email"
        autoComplete="off"
        description={t('addressHelp')}
      />

      <h2 className={classes.group}>{t('imap')}</h2>
      <ServerFields which="imap" values={values} set={set} wrong={wrong} />
      <TextInput {...text('imapUser')} autoComplete="off" />
      <PasswordInput {...text('imapPassword')} autoComplete="new-password" description={t('passwordHelp')} />

      <h2 className={classes.group}>{t('smtp')}</h2>
      <ServerFields which="smtp" values={values} set={set} wrong={wrong} />
      <Checkbox
        label={t('sameLogin')}
        checked={values.sameLogin}
        onChange={(event) => set({ sameLogin: event.currentTarget.checked })}
      />
      {values.sameLogin ? null : (
        <>
          <TextInput {...text('smtpUser')} autoComplete="off" />
          <PasswordInput {...text('smtpPassword')} autoComplete="new-password" />
        </>
      )}

      <h2 className={classes.group}>{t('receive')}</h2>
      <TextInput {...text('importSince')} type="date" description={t('importHelp')} />
      <Checkbox
        label={t('filesSent')}
        description={t('filesSentHelp')}
        checked={values.filesSent}
        onChange={(event) => set({ filesSent: event.currentTarget.checked })}
      />
    </>
  );
}
