import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Banner } from '#components/ui/Banner.tsx';
import type { FormShape } from '#lib/conversations/shapes.ts';
import classes from './FormFields.module.css';

type Props = {
  form: FormShape | null;
  /** Read by the usual labels, without settings of this form. */
  guessed: boolean;
};

/** What a web form asked for and got, above its mail; and whether it says whose inquiry it is. */
export function FormFields({ form, guessed }: Props) {
  const t = useTranslations('conversation.form');
  if (!form) return null;
  // The text itself stands below, whole.
  const short = form.fields.filter(({ field }) => field !== 'body');
  return (
    <>
      {form.customerFound ? null : (
        <div className={classes.unread}>
          <Banner tone="soon" icon={<IconAlertTriangle size={16} stroke={1.75} />} title={t('noCustomerTitle')}>
            {t('noCustomerText')}
          </Banner>
        </div>
      )}
      {short.length > 0 ? (
        <dl className={classes.fields} aria-label={t('label')}>
          {short.map(({ field, label, value }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two fields of a form may have one label, and none ever moves
            <div key={index} className={classes.field} data-kind={field}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {guessed ? <p className={classes.rule}>{t('guessed')}</p> : null}
    </>
  );
}
