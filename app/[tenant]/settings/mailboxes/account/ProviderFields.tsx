import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { AccountInput } from '#lib/accounts/input.ts';
import { PROVIDERS, type ProviderNote, providerById } from '#lib/mail/providers.ts';
import classes from '../../parts/Sheet.module.css';
import type { FieldsProps } from './AccountFields.tsx';
import { asksForServer, chooseProvider, chooseServer } from './form.ts';

/** What only matters to who signs in by a password. */
const BY_PASSWORD = new Set<ProviderNote>(['appPassword', 'basicEnded', 'imapPassword', 'apiKey']);

/** Address, provider and how to sign in: what fills in the rest. */
export function ProviderFields({ form, mailboxes, account, oauth }: FieldsProps) {
  const t = useTranslations('settings.account');
  const note = useTranslations('settings.note');
  const { values, set, wrong } = form;
  const provider = providerById(values.provider);
  const notes = (provider?.notes ?? []).filter((each) => values.auth === 'password' || !BY_PASSWORD.has(each));
  const missing = provider?.notes.includes('basicEnded') && provider.oauth && !oauth.includes(provider.oauth);
  return (
    <>
      <h2 className={classes.group}>{t('basics')}</h2>
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
        name="address"
        label={t('address')}
        description={t('addressHelp')}
        value={values.address}
        error={wrong.address}
        type="email"
        inputMode="email"
        autoComplete="off"
        onBlur={form.leaveAddress}
        onChange={(event) => form.setAddress(event.currentTarget.value)}
      />
      <ProviderSelect value={values.provider} onChange={(id) => set(chooseProvider(values, id, oauth))} />
      {notes.length > 0 || missing ? (
        <ul className={classes.hints}>
          {notes.map((each) => (
            <li key={each}>{note(each)}</li>
          ))}
          {missing ? <li className={classes.risk}>{t('oauthMissing')}</li> : null}
        </ul>
      ) : null}
      {provider && asksForServer(provider) ? (
        <TextInput
          name="server"
          label={t(provider.notes.includes('region') ? 'region' : 'server')}
          description={t(provider.notes.includes('region') ? 'regionHelp' : 'serverHelp', {
            example: provider.server ?? '',
          })}
          placeholder={provider.server ?? ''}
          value={values.server}
          autoComplete="off"
          onChange={(event) => set(chooseServer(values, event.currentTarget.value))}
        />
      ) : null}
      {provider?.oauth && oauth.includes(provider.oauth) ? (
        <div>
          <SegmentedControl
            aria-label={t('auth')}
            data={[
              { value: provider.oauth, label: t(provider.oauth === 'google' ? 'byGoogle' : 'byMicrosoft') },
              { value: 'password', label: t('byPassword') },
            ]}
            value={values.auth}
            onChange={(auth) => set({ auth: auth as AccountInput['auth'] })}
          />
          {values.auth === 'password' ? null : (
            <p className={classes.note}>{account?.signedIn ? t('oauthDone') : t('oauthHelp')}</p>
          )}
        </div>
      ) : null}
    </>
  );
}

function ProviderSelect({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const t = useTranslations('settings.account');
  const name = useTranslations('settings.provider');
  const groups = (['japan', 'world'] as const).map((group) => ({
    group: t(`group.${group}`),
    items: PROVIDERS.filter((provider) => provider.group === group).map(({ id }) => ({ value: id, label: name(id) })),
  }));
  return (
    <Select
      label={t('provider')}
      data={[...groups, { value: '', label: t('custom') }]}
      value={value}
      searchable
      allowDeselect={false}
      maxDropdownHeight={320}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}
