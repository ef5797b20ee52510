import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { settle } from '#components/net/settle.ts';
import { toast } from '#components/ui/toast.tsx';
import { useProblemText } from '#components/ui/useProblemText.ts';
import type { Problem } from '#lib/conversations/shapes.ts';
import type { MailboxInput } from '#lib/mailboxes/input.ts';
import type { MailboxToEdit } from '#lib/mailboxes/settings.ts';
import { focusFirstWrong } from '../parts/focusFirstWrong.ts';
import { changeMailbox, openMailbox } from './actions.ts';

const EMPTY: MailboxInput = {
  ...{ name: '', fromName: '', signature: '', defaultThen: 'done', reopenDays: null },
  ...{ threadBySubject: false, calendarId: null, groupIds: [] },
};
type Wrong = Partial<Record<keyof MailboxInput, string>>;

/** The values of a 窓口's form, what is wrong with them, and saving. */
export function useMailboxForm(slug: string, mailbox: MailboxToEdit | null) {
  const t = useTranslations('settings.mailbox');
  const say = useProblemText();
  const router = useRouter();
  const { id, version, ...stored } = mailbox ?? { id: '', version: 0, ...EMPTY };
  const [values, setValues] = useState<MailboxInput>(stored);
  const [wrong, setWrong] = useState<Wrong>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);

  const set = (change: Partial<MailboxInput>) => {
    setValues((old) => ({ ...old, ...change }));
    setWrong((old) => Object.fromEntries(Object.entries(old).filter(([field]) => !(field in change))));
  };
  const refused = (error: Problem) => {
    const field = error.field?.split('.')[0] ?? '';
    if (field in values) setWrong({ [field]: say(error) });
    else setProblem(error);
    focusFirstWrong();
  };
  const save = async () => {
    setProblem(null);
    setBusy(true);
    const result = await settle<{ id: string } | undefined>(
      id === '' ? openMailbox(slug, values) : changeMailbox(slug, id, version, values),
    );
    setBusy(false);
    if (!result.ok) return refused(result.error);
    // At once: the guard against unsaved changes must not ask any more.
    flushSync(() => setSaved(true));
    toast({ text: t('saved', { name: values.name }) });
    const next = result.value ? `/${result.value.id}` : '';
    router.push(`/${slug}/settings/mailboxes${next}`);
    router.refresh();
  };
  return {
    values,
    set,
    wrong,
    problem,
    busy,
    save,
    typed: !saved && JSON.stringify(values) !== JSON.stringify(stored),
  };
}
