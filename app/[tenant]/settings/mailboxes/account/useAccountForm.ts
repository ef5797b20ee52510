import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { toast } from '#components/ui/toast.tsx';
import { useProblemText } from '#components/ui/useProblemText.ts';
import type { AccountToEdit } from '#lib/accounts/edit.ts';
import type { Problem } from '#lib/conversations/shapes.ts';
import { providerOfAddress } from '#lib/mail/providers.ts';
import { focusFirstWrong } from '../../parts/focusFirstWrong.ts';
import {
  type AccountForm,
  chooseAddress,
  chooseProvider,
  EMPTY,
  fieldOf,
  formOf,
  toInput,
  wrongFields,
} from './form.ts';
import { type Ended, useAttempt } from './useAttempt.ts';

export type Wrong = Partial<Record<keyof AccountForm, string>>;
export type Use = {
  slug: string;
  zone: string;
  mailboxId: string;
  account: AccountToEdit | null;
  /** Providers for which a sign-in by OAuth2 is offered. */
  oauth: readonly string[];
};

/** The form's values, its errors at their fields, and what it can do: test, stop, save. */
export function useAccountForm({ slug, zone, mailboxId, account, oauth }: Use) {
  const t = useTranslations('settings.account');
  const failure = useTranslations('settings.failure');
  const say = useProblemText();
  const router = useRouter();
  const attempt = useAttempt(slug);
  const [stored] = useState<AccountForm>(() => (account ? formOf(account, zone) : { ...EMPTY, mailboxId }));
  const [values, setValues] = useState(stored);
  const [wrong, setWrong] = useState<Wrong>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState<'test' | 'mail' | 'save' | null>(null);
  const [saved, setSaved] = useState(false);

  const set = (change: Partial<AccountForm>) => {
    setValues((old) => ({ ...old, ...change }));
    setWrong((old) => Object.fromEntries(Object.entries(old).filter(([field]) => !(field in change))));
    setProblem(null);
  };
  const setAddress = (address: string) => set(chooseAddress(values, address));
  // Once the address is typed: a known domain chooses its provider, unless somebody already did.
  const leaveAddress = () => {
    const known = providerOfAddress(values.address);
    if (known && values.provider === '' && values.imapHost === '') set(chooseProvider(values, known.id, oauth));
  };
  const checked = (): boolean => {
    const reasons = wrongFields(values, account === null);
    setWrong(Object.fromEntries(Object.entries(reasons).map(([field, reason]) => [field, say(plain(reason))])));
    setProblem(null);
    if (Object.keys(reasons).length > 0) focusFirstWrong();
    return Object.keys(reasons).length === 0;
  };
  const run = async (what: 'test' | 'mail' | 'save'): Promise<Ended | null> => {
    if (!checked()) return null;
    setBusy(what);
    const existing = account ? { id: account.id, version: account.version } : null;
    const asked = { account: toInput(values, zone), existing, save: what === 'save', mail: what === 'mail' };
    const ended = await attempt.run(asked);
    setBusy(null);
    see(ended);
    return ended;
  };
  const see = ({ problem: refused, steps }: Ended) => {
    const field = refused?.field?.split('.')[0] ?? '';
    if (refused && field in values) setWrong({ [field]: say(refused) });
    else setProblem(refused);
    const bad = Object.values(steps).find((step) => step?.ok === false && step.code !== 'stopped');
    const at = bad ? fieldOf(bad.step, values) : null;
    if (bad?.code && at) setWrong({ [at]: failure(`${bad.code}.what`) });
    if (at || field in values) focusFirstWrong();
  };
  const save = async () => {
    const ended = await run('save');
    if (!ended?.saved) return;
    // At once: the guard against unsaved changes must not ask any more.
    flushSync(() => setSaved(true));
    toast({ text: t('saved', { address: values.address }) });
    const waits = values.auth !== 'password' && !(account?.signedIn && account.auth === values.auth);
    if (waits) location.assign(signInPath(slug, ended.saved, values.auth));
    else {
      router.push(`/${slug}/settings/mailboxes`);
      router.refresh();
    }
  };
  return {
    ...{ values, set, setAddress, leaveAddress, wrong, problem, busy, save },
    ...{ progress: attempt.progress, folderNames: attempt.folderNames, stop: attempt.stop },
    test: () => run('test'),
    testMail: () => run('mail'),
    typed: !saved && JSON.stringify(values) !== JSON.stringify(stored),
  };
}

const plain = (reason: string): Problem => ({ code: 'Invalid', reason, params: {} });

/** Where the sign-in at the provider begins (docs/decisions/018). */
export const signInPath = (slug: string, accountId: string, provider: string): string =>
  `/api/t/${slug}/accounts/${accountId}/oauth/start?provider=${provider}`;
