import { useTranslations } from 'next-intl';
import classes from '#components/auth/Curtain.module.css';

/** The curtain on its pole, with the two letters of the name. Decoration. */
export function Curtain() {
  const t = useTranslations('auth');
  const letters = ['', t('curtain1'), '', t('curtain2'), ''];
  return (
    <div className={classes.curtain} aria-hidden="true">
      {letters.map((letter, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: five fixed panels
        <span key={index} className={classes.cloth}>
          {letter}
        </span>
      ))}
    </div>
  );
}
