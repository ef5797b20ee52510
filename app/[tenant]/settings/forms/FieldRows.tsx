import { ActionIcon, Button, Checkbox, Select, TextInput } from '@mantine/core';
import { IconAlertCircle, IconPlus, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { FormFieldKind } from '#lib/mail/forms/pattern.ts';
import classes from './Forms.module.css';
import { type FieldRow, fieldRow, KINDS } from './values.ts';

type Props = { rows: FieldRow[]; error: string | undefined; onChange: (rows: FieldRow[]) => void };
const MOST = 40;

/** What stands in the mail: a label as it is written there, and what it means to us. */
export function FieldRows({ rows, error, onChange }: Props) {
  const t = useTranslations('forms');
  const change = (key: number, part: Partial<FieldRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <div>
      <h2 className={classes.group}>{t('fields')}</h2>
      <p className={classes.quiet}>{t('fieldsHelp')}</p>
      <ul className={classes.rows}>
        {rows.map((row, index) => (
          <li key={row.key} className={classes.row}>
            <Select
              className={classes.kind}
              aria-label={t('kindOf', { n: index + 1 })}
              data={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
              value={row.field}
              allowDeselect={false}
              onChange={(kind) => {
                const field = (kind ?? 'other') as FormFieldKind;
                change(row.key, { field, lines: field === 'body' ? 'many' : 'one' });
              }}
            />
            <TextInput
              className={classes.label}
              aria-label={t('labelOf', { n: index + 1 })}
              placeholder={t(`example.${row.field}`)}
              value={row.label}
              maxLength={100}
              data-error={error && row.label.trim() === '' ? true : undefined}
              onChange={(event) => change(row.key, { label: event.currentTarget.value })}
            />
            <Checkbox
              className={classes.many}
              label={t('many')}
              checked={row.lines === 'many'}
              onChange={(event) => change(row.key, { lines: event.currentTarget.checked ? 'many' : 'one' })}
            />
            <ActionIcon
              className={classes.drop}
              aria-label={t('remove', { label: row.label || t(`kind.${row.field}`) })}
              disabled={rows.length === 1}
              onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
            >
              <IconX size={14} stroke={1.75} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {error ? (
        <p className={classes.wrong} role="alert">
          <IconAlertCircle size={13} stroke={1.75} aria-hidden />
          {error}
        </p>
      ) : null}
      <Button
        size="sm"
        variant="default"
        leftSection={<IconPlus size={14} stroke={1.75} />}
        disabled={rows.length >= MOST}
        onClick={() => onChange([...rows, fieldRow({ field: 'other', label: '', lines: 'one' })])}
      >
        {t('addField')}
      </Button>
    </div>
  );
}
