'use client';

import { Button, PasswordInput, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useActionState, useEffect, useRef } from 'react';
import { Entrance } from '#components/auth/Entrance.tsx';
import classes from '#components/auth/SignInForm.module.css';
import { Banner } from '#components/ui/Banner.tsx';
import { useProblemText } from '#components/ui/useProblemText.ts';
import type { Problem } from '#lib/conversations/shapes.ts';

export type SignInState = { error: Problem } | null;
type Props = {
  action: (state: SignInState, form: FormData) => Promise<SignInState>;
  /** Where to go afterwards: a path of ours. */
  next: string;
};

/** Sign-in by e-mail address and password. Works before its script has loaded: it is a plain form. */
export function SignInForm({ action, next }: Props) {
  const t = useTranslations('auth');
  const say = useProblemText();
  const [state, submit, busy] = useActionState(action, null);
  const password = useRef<HTMLInputElement>(null);
  const error = state?.error;
  const at = (field: string) => (error?.field === field ? say(error) : undefined);

  // React empties a form after its action: what has to be typed again is the password.
  useEffect(() => {
    if (error) password.current?.focus();
  }, [error]);

  return (
    <Entrance title={t('title')} lead={t('lead')}>
      <form className={classes.form} action={submit} noValidate>
        {error && !error.field ? (
          <Banner tone="late" role="alert" icon={<IconAlertTriangle size={16} stroke={1.75} />} title={say(error)} />
        ) : null}
        <input type="hidden" name="next" value={next} />
        <EmailField label={t('email')} error={at('email')} />
        <PasswordInput
          ref={password}
          size="lg"
          name="password"
          label={t('password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          error={at('password')}
        />
        <Button type="submit" size="lg" fullWidth loading={busy}>
          {t('submit')}
        </Button>
      </form>
      <p className={classes.note}>{t('trouble')}</p>
    </Entrance>
  );
}

function EmailField({ label, error }: { label: string; error?: string }) {
  // Controlled by the browser, kept over a refused try: only the password is asked again.
  const kept = useRef('');
  return (
    <TextInput
      size="lg"
      name="email"
      type="email"
      label={label}
      autoComplete="username"
      inputMode="email"
      autoFocus
      defaultValue={kept.current}
      key={kept.current}
      onChange={(event) => {
        kept.current = event.currentTarget.value;
      }}
      error={error}
    />
  );
}
