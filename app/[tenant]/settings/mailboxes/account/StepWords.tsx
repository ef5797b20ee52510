import { useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import type { TestedStep } from '#lib/accounts/test-steps.ts';
import classes from './TestSteps.module.css';

/** What a step found, in a sentence; of a failure also the server's own words, what is safe and what to do. */
export function StepWords({ step }: { step: TestedStep }) {
  const t = useTranslations('settings.test');
  const failure = useTranslations('settings.failure');
  const advice = useTranslations('settings.advice');
  const done = useDone();
  if (step.ok) return <span>{done(step)}</span>;
  const code = step.code && failure.has(`${step.code}.what`) ? step.code : 'serverRefused';
  return (
    <>
      <span className={classes.bad}>{failure(`${code}.what`)}</span>
      {step.words ? (
        <code className={classes.said} lang="en">
          {step.words}
        </code>
      ) : null}
      <div className={classes.todo}>
        {code === 'stopped' ? null : <p>{t('safe')}</p>}
        <p>{failure(`${code}.todo`)}</p>
        {step.advice.map((each) => (
          <p key={each}>{advice(each)}</p>
        ))}
      </div>
    </>
  );
}

function useDone(): (step: TestedStep) => string {
  const t = useTranslations('settings.test.done');
  const when = useWhen();
  return ({ step, facts }) => {
    const key = step.replace('.', '_');
    if (step.endsWith('.tls')) {
      return facts.version === '' ? t('plain') : t(key, { ...facts, until: when.date(String(facts.until)) });
    }
    if (step === 'imap.folders' && facts.sent !== '') return t('imap_folders_sent', facts);
    if (step === 'smtp.login' && facts.user === '') return t('smtp_open');
    if (step === 'mail.back' && facts.junk !== '') return t('mail_junk', facts);
    return t(key, facts);
  };
}
