import { Checkbox, PasswordInput, Select, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { ChangeEvent } from 'react';
import type { AccountToEdit } from '#lib/accounts/edit.ts';
import { PROVIDERS } from '#lib/mail/providers.ts';
import classes from '../../parts/Sheet.module.css';
import { type AccountForm, chooseSender } from './form.ts';
import { MoreFields } from './MoreFields.tsx';
import { ProviderFields } from './ProviderFields.tsx';
import { ServerFields } from './ServerFields.tsx';
import type { useAccountForm } from './useAccountForm.ts';

export type FieldsProps = {
  form: ReturnType<typeof useAccountForm>;
  account: AccountToEdit | null;
  mailboxes: { id: string; name: string }[];
  oauth: readonly string[];
};
type TextField = 'imapUser' | 'imapPassword' | 'smtpUser' | 'smtpPassword';

/** What has to be known of an account: whose it is, where it is read, where it is sent, from when on. */
export function AccountFields(props: FieldsProps) {
  const t = useTranslations('settings.account');
  const { form, account } = props;
  const { values, set, wrong } = form;
  const oauth = values.auth !== 'password';
  const text = (name: TextField) => ({
    name,
    label: t(name),
    value: values[name],
    error: wrong[name],
    onChange: (event: ChangeEvent<HTMLInputElement>) => set({ [name]: event.currentTarget.value }),
  });
  const kept = account !== null && account.auth === 'password' ? t('passwordKept') : t('passwordHelp');
  return (
    <>
      <ProviderFields {...props} />
      <h2 className={classes.group}>{t('imap')}</h2>
      <ServerFields which="imap" values={values} set={set} wrong={wrong} />
      <TextInput {...text('imapUser')} autoComplete="off" />
      {oauth ? null : <PasswordInput {...text('imapPassword')} autoComplete="new-password" description={kept} />}

      <h2 className={classes.group}>{t('smtp')}</h2>
      <SenderSelect values={values} set={set} />
      <ServerFields which="smtp" values={values} set={set} wrong={wrong} />
      {oauth ? null : (
        <Checkbox
          label={t('sameLogin')}
          checked={values.sameLogin}
          onChange={(event) => set({ sameLogin: event.currentTarget.checked })}
        />
      )}
      {oauth || values.sameLogin ? null : (
        <>
          <TextInput {...text('smtpUser')} autoComplete="off" />
          <PasswordInput {...text('smtpPassword')} autoComplete="new-password" description={kept} />
        </>
      )}
      <MoreFields {...props} />
    </>
  );
}

function SenderSelect({ values, set }: { values: AccountForm; set: (change: Partial<AccountForm>) => void }) {
  const t = useTranslations('settings.account');
  const name = useTranslations('settings.provider');
  const senders = PROVIDERS.filter(({ group }) => group === 'sending').map(({ id }) => ({
    value: id,
    label: name(id),
  }));
  if (values.auth !== 'password') return null;
  return (
    <Select
      label={t('sendBy')}
      data={[
        { value: '', label: t('sendSame') },
        { group: t('group.sending'), items: senders },
        { value: 'custom', label: t('custom') },
      ]}
      value={values.sendBy}
      allowDeselect={false}
      onChange={(sendBy) => set(chooseSender(values, sendBy ?? ''))}
    />
  );
}
