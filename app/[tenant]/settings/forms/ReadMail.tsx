import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useFormatter, useTranslations } from 'next-intl';
import type { ShownMail } from '#lib/forms/try.ts';
import classes from './Forms.module.css';
import type { FieldRow } from './values.ts';

/** One mail: its text with the lines that are read, whose it is, and the labels that aren't there. */
export function ReadMail({ mail, fields }: { mail: ShownMail; fields: readonly FieldRow[] }) {
  const t = useTranslations('forms');
  const format = useFormatter();
  const found = new Set(mail.fields.map(({ label }) => label));
  const missing = fields.map(({ label }) => label.trim()).filter((label) => label !== '' && !found.has(label));
  const { customer } = mail;
  const name = customer?.name ? `${customer.name} <${customer.address}>` : customer?.address;
  return (
    <div className={classes.read}>
      {customer ? (
        <p className={classes.ok}>
          <IconCheck size={14} stroke={2} aria-hidden />
          {t('preview.customer', { name: name ?? '' })}
        </p>
      ) : (
        <p className={classes.bad}>
          <IconAlertTriangle size={14} stroke={2} aria-hidden />
          {t('preview.noCustomer')}
        </p>
      )}
      {missing.length > 0 ? (
        <p className={classes.quiet}>{t('preview.missing', { labels: format.list(missing) })}</p>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long mail is scrolled by keys, too */}
      <section className={classes.text} aria-label={t('preview.text')} tabIndex={0}>
        {linesOf(mail).map(({ n, line, kind, first }) => (
          <div key={n} className={classes.line} data-read={kind ? true : undefined}>
            <span className={classes.words}>{line === '' ? '\u00a0' : line}</span>
            {first && kind ? <span className={classes.tag}>{t(`kind.${kind}`)}</span> : null}
          </div>
        ))}
      </section>
    </div>
  );
}

function linesOf({ text, fields }: ShownMail) {
  return text.split('\n').map((line, n) => {
    const field = fields.find((one) => n >= one.line && n < one.until);
    return { n, line, kind: field?.field ?? null, first: field?.line === n };
  });
}
