import { Button, Loader } from '@mantine/core';
import { IconCheck, IconRefresh, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { useWhen } from '#components/time/useWhen.ts';
import { TEST_STEPS, type TestedStep, type TestStepName, untried } from '#lib/accounts/test-steps.ts';
import { StepWords } from './StepWords.tsx';
import classes from './TestSteps.module.css';
import type { Progress } from './useAttempt.ts';

type Props = {
  progress: Progress | null;
  busy: boolean;
  /** An account by OAuth2 that nobody has signed in yet can't be tested. */
  waits: boolean;
  onTest: () => void;
  onMail: () => void;
  onStop: () => void;
};

/** 接続テスト, step by step as it goes: ring, check or cross, our sentence, the server's own words, what to do. */
export function TestSteps({ progress, busy, waits, onTest, onMail, onStop }: Props) {
  const t = useTranslations('settings.test');
  const failed = progress?.steps['imap.login']?.ok === false;
  const section = useRef<HTMLElement>(null);
  // On a phone the steps stand below the form: who starts them wants to see them.
  useEffect(() => {
    if (busy) section.current?.scrollIntoView({ block: 'nearest' });
  }, [busy]);
  return (
    <section ref={section} aria-busy={busy}>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('title')}</h2>
        <Summary progress={progress} busy={busy} />
        <span className={classes.grow} />
        {busy ? (
          <Button size="sm" variant="default" onClick={onStop}>
            {t('stop')}
          </Button>
        ) : (
          <>
            <Button size="sm" variant="default" disabled={waits} title={t('mailHelp')} onClick={onMail}>
              {t('runMail')}
            </Button>
            <Button
              size="sm"
              variant="default"
              disabled={waits}
              leftSection={<IconRefresh size={14} stroke={1.75} />}
              onClick={onTest}
            >
              {progress ? t('again') : t('run')}
            </Button>
          </>
        )}
      </div>
      {progress ? null : <p className={classes.quiet}>{waits ? t('oauthFirst') : t('lead')}</p>}
      <ol aria-live="polite">
        {TEST_STEPS.map((name, index) => (
          <Step
            key={name}
            number={index + 1}
            step={progress?.steps[name] ?? untried(name)}
            running={progress?.running === name}
            later={laterOf(name, failed)}
          />
        ))}
      </ol>
    </section>
  );
}

const laterOf = (name: TestStepName, failed: boolean): 'later' | 'laterLogin' | 'laterMail' =>
  name.startsWith('mail.') ? 'laterMail' : failed && name === 'imap.folders' ? 'laterLogin' : 'later';

function Summary({ progress, busy }: { progress: Progress | null; busy: boolean }) {
  const t = useTranslations('settings.test');
  const when = useWhen();
  if (busy) return <span className={classes.quiet}>{t('running')}</span>;
  if (!progress?.endedAt) return null;
  const bad = Object.values(progress.steps).filter((step) => step.ok === false).length;
  const seconds = ((progress.endedAt - progress.beganAt) / 1000).toFixed(1);
  const time = when.clock(new Date(progress.beganAt).toISOString());
  return (
    <span className={classes.quiet} role="status">
      {t('ranAt', { time, seconds })}
      {bad > 0 ? ` · ${t('bad', { count: bad })}` : null}
      {bad === 0 && progress.ok ? ` · ${t('ok')}` : null}
    </span>
  );
}

type StepProps = {
  number: number;
  step: TestedStep;
  running: boolean;
  later: 'later' | 'laterLogin' | 'laterMail';
};

function Step({ number, step, running, later }: StepProps) {
  const t = useTranslations('settings.test');
  const state = running ? 'running' : step.ok === null ? 'wait' : step.ok ? 'ok' : 'bad';
  return (
    <li className={classes.step} data-state={state}>
      <span className={classes.mark} aria-hidden="true">
        {state === 'ok' ? <IconCheck size={12} stroke={2.5} /> : null}
        {state === 'bad' ? <IconX size={12} stroke={2.5} /> : null}
        {state === 'running' ? <Loader size={11} color="currentColor" /> : null}
        {state === 'wait' ? number : null}
      </span>
      <span className={classes.name}>{t(`step.${step.step.replace('.', '_')}`)}</span>
      <div className={classes.what}>
        {state === 'wait' ? t(later) : null}
        {state === 'running' ? t('running') : null}
        {state === 'ok' || state === 'bad' ? <StepWords step={step} /> : null}
      </div>
      <span className={classes.time}>
        {step.ms === null ? null : t('took', { seconds: (step.ms / 1000).toFixed(2) })}
      </span>
    </li>
  );
}
