import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { AccountTest, TestedStep } from '#lib/accounts/test.ts';
import classes from './TestSteps.module.css';

const STEPS: readonly TestedStep['step'][] = [
  'imap.connect',
  'imap.login',
  'imap.folders',
  'smtp.connect',
  'smtp.login',
];
const UNTRIED: readonly TestedStep[] = STEPS.map((step) => ({ step, ok: null, code: null, words: null }));

/** 接続テスト, step by step: ring, check or cross, our sentence, the server's own words, and what is safe. */
export function TestSteps({ tested, busy }: { tested: AccountTest | null; busy: boolean }) {
  const t = useTranslations('settings.test');
  return (
    <section aria-busy={busy} aria-live="polite">
      <h2 className={classes.title}>{t('title')}</h2>
      {tested || busy ? null : <p className={classes.lead}>{t('lead')}</p>}
      {busy ? <p className={classes.lead}>{t('running')}</p> : null}
      <ol>
        {(busy ? UNTRIED : (tested?.steps ?? UNTRIED)).map((step, index) => (
          <Step key={step.step} step={step} number={index + 1} />
        ))}
      </ol>
    </section>
  );
}

function Step({ step, number }: { step: TestedStep; number: number }) {
  const t = useTranslations('settings.test');
  const errors = useTranslations('errors');
  const state = step.ok === null ? 'wait' : step.ok ? 'ok' : 'bad';
  const key = step.step.replace('.', '_');
  return (
    <li className={classes.step} data-state={state}>
      <span className={classes.mark} aria-hidden="true">
        {state === 'ok' ? (
          <IconCheck size={12} stroke={2.5} />
        ) : state === 'bad' ? (
          <IconX size={12} stroke={2.5} />
        ) : (
          number
        )}
      </span>
      <span className={classes.name}>{t(`step.${key}`)}</span>
      <div>
        {state === 'wait' ? t('later') : null}
        {state === 'ok' ? t(`done.${key}`) : null}
        {state === 'bad' ? (
          <>
            <span className={classes.bad}>{errors(step.code ?? 'serverRefused')}</span>
            {step.words ? (
              <code className={classes.said} lang="en">
                {step.words}
              </code>
            ) : null}
            <p className={classes.safe}>{t('safe')}</p>
          </>
        ) : null}
      </div>
    </li>
  );
}
