import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { settle } from '#components/net/settle.ts';
import { toast } from '#components/ui/toast.tsx';
import { useProblemText } from '#components/ui/useProblemText.ts';
import type { AccountTest } from '#lib/accounts/test.ts';
import type { Problem } from '#lib/conversations/shapes.ts';
import { saveAccount, testAccount } from './actions.ts';
import { type AccountForm, EMPTY, toInput, wrongFields } from './form.ts';

type Props = { slug: string; zone: string; mailboxes: { id: string }[]; onClose: () => void };
export type Wrong = Partial<Record<keyof AccountForm, string>>;

/** The form's values, its errors at their fields, and the two things it can do: test, and test and save. */
export function useAccountForm({ slug, zone, mailboxes, onClose }: Props) {
  const t = useTranslations('settings.form');
  const say = useProblemText();
  const router = useRouter();
  const only = mailboxes.length === 1 ? mailboxes[0]?.id : undefined;
  const [values, setValues] = useState<AccountForm>({ ...EMPTY, mailboxId: only ?? '' });
  const [wrong, setWrong] = useState<Wrong>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [tested, setTested] = useState<AccountTest | null>(null);
  const [busy, setBusy] = useState<'test' | 'save' | null>(null);
  useLeaveWarning(JSON.stringify({ ...values, mailboxId: '' }) !== JSON.stringify(EMPTY));

  const set = (change: Partial<AccountForm>) => {
    setValues((old) => ({ ...old, ...change }));
    setWrong((old) => Object.fromEntries(Object.entries(old).filter(([field]) => !(field in change))));
    setProblem(null);
  };
  const checked = (): boolean => {
    const reasons = wrongFields(values);
    setWrong(Object.fromEntries(Object.entries(reasons).map(([field, reason]) => [field, say(plain(reason))])));
    setProblem(null);
    if (Object.keys(reasons).length > 0) focusFirstWrong();
    return Object.keys(reasons).length === 0;
  };
  const refused = (error: Problem) => {
    if (error.field && error.field in values) setWrong({ [error.field]: say(error) });
    else setProblem(error);
  };
  const see = (result: AccountTest) => {
    setTested(result);
    const bad = result.steps.find((step) => step.ok === false);
    const field = bad ? fieldOf(bad.step, bad.code, values) : null;
    if (!bad?.code || !field) return;
    setWrong({ [field]: say(plain(bad.code)) });
    focusFirstWrong();
  };

  const test = async () => {
    if (!checked()) return;
    setBusy('test');
    const result = await settle(testAccount(slug, toInput(values, zone)));
    setBusy(null);
    if (result.ok) see(result.value);
    else refused(result.error);
  };
  const save = async () => {
    if (!checked()) return;
    setBusy('save');
    const result = await settle(saveAccount(slug, toInput(values, zone)));
    setBusy(null);
    if (!result.ok) return refused(result.error);
    see(result.value.test);
    if (!result.value.id) return;
    toast({ text: t('saved', { address: values.address }) });
    onClose();
    router.refresh();
  };
  return { values, set, wrong, problem, tested, busy, test, save };
}

const plain = (reason: string): Problem => ({ code: 'Invalid', reason, params: {} });

/** Where on the form the thing to change stands. */
function fieldOf(step: string, code: string | null, form: AccountForm): keyof AccountForm | null {
  const imap = step.startsWith('imap');
  if (code === 'loginFailed') return imap || form.sameLogin ? 'imapPassword' : 'smtpPassword';
  if (code === 'connectRefused') return imap ? 'imapPort' : 'smtpPort';
  if (code === 'tlsFailed') return imap ? 'imapSecurity' : 'smtpSecurity';
  return step.endsWith('connect') ? (imap ? 'imapHost' : 'smtpHost') : null;
}

// After the errors are drawn: on a phone the first may stand far above the button.
const focusFirstWrong = () =>
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('form [data-error] input, form input[data-error]')?.focus(),
  );

/** The browser asks before typed settings are lost. */
function useLeaveWarning(typed: boolean) {
  useEffect(() => {
    if (!typed) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [typed]);
}
