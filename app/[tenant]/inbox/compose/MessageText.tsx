import { useTranslations } from 'next-intl';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import classes from './Composer.module.css';
import { Wrong } from './Wrong.tsx';

type Props = { ref: Ref<HTMLTextAreaElement>; value: string; onChange: (value: string) => void; error: string | null };

/** The words of the mail: plain, and safe with an IME, for the field is never written to while somebody composes. */
export function MessageText({ ref, value, onChange, error }: Props) {
  const t = useTranslations('compose');
  const own = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => own.current as HTMLTextAreaElement);
  useEffect(() => {
    own.current?.focus({ preventScroll: true });
    own.current?.setSelectionRange(0, 0);
  }, []);
  return (
    <>
      <textarea
        ref={own}
        className={classes.text}
        aria-label={t('text')}
        aria-invalid={error ? true : undefined}
        placeholder={t('placeholder')}
        value={value}
        maxLength={200_000}
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Wrong text={error} />
    </>
  );
}
