import { Select, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { Security } from '#lib/mail/providers.ts';
import classes from '../../parts/Sheet.module.css';
import { type AccountForm, portAfter, type Which } from './form.ts';
import type { Wrong } from './useAccountForm.ts';

type Props = { which: Which; values: AccountForm; set: (change: Partial<AccountForm>) => void; wrong: Wrong };

/** Name, port and encryption of a server; choosing an encryption brings its usual port. */
export function ServerFields({ which, values, set, wrong }: Props) {
  const t = useTranslations('settings.account');
  const host = `${which}Host` as const;
  const port = `${which}Port` as const;
  const security = `${which}Security` as const;
  return (
    <>
      <div className={classes.server}>
        <TextInput
          name={host}
          label={t('host')}
          value={values[host]}
          error={wrong[host]}
          placeholder={t(`${which}Example`)}
          autoComplete="off"
          onChange={(event) => set({ [host]: event.currentTarget.value })}
        />
        <TextInput
          name={port}
          label={t('port')}
          value={values[port]}
          error={wrong[port]}
          inputMode="numeric"
          onChange={(event) => set({ [port]: event.currentTarget.value.normalize('NFKC').trim() })}
        />
        <Select
          label={t('security')}
          data={(['tls', 'starttls', 'none'] as const).map((value) => ({ value, label: t(value) }))}
          value={values[security]}
          error={wrong[security]}
          allowDeselect={false}
          onChange={(value) =>
            set({ [security]: value as Security, [port]: portAfter(values[port], which, value as Security) })
          }
        />
      </div>
      {values[security] === 'none' ? <p className={`${classes.note} ${classes.risk}`}>{t('noneRisk')}</p> : null}
    </>
  );
}
