import { useTranslations } from 'next-intl';
import { problemOf } from '#components/net/problem.ts';
import { useProblemText } from '#components/ui/useProblemText.ts';
import type { CharsetChoice } from '#lib/mail/charset/choices.ts';
import { CHARSET_NAMES } from './charsets.ts';
import classes from './MailBody.module.css';
import type { Reading } from './useReading.ts';

type Props = { charset: CharsetChoice; reading: Reading; onBack: () => void };

/** In which charset a mail is shown, the headers read with it, and the way back. */
export function ReadingLine({ charset, reading: { read, error }, onBack }: Props) {
  const t = useTranslations('conversation.reading');
  const say = useProblemText();
  const name = { charset: CHARSET_NAMES[charset] };
  const text = read ? t('now', name) : error ? t('failed', name) : t('loading', name);
  return (
    <>
      <div className={classes.line} role="status">
        <span className={classes.said}>{text}</span>
        <button type="button" className={classes.link} onClick={onBack}>
          {t('back')}
        </button>
      </div>
      {error ? <p className={classes.empty}>{say(problemOf(error))}</p> : null}
      {read ? (
        <dl className={classes.read}>
          <dt>{t('subject')}</dt>
          <dd>{read.subject}</dd>
          <dt>{t('from')}</dt>
          <dd>{read.from.name ? `${read.from.name} <${read.from.address}>` : read.from.address}</dd>
        </dl>
      ) : null}
    </>
  );
}
