import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { settle } from '#components/net/settle.ts';
import { toast } from '#components/ui/toast.tsx';
import { useProblemText } from '#components/ui/useProblemText.ts';
import type { Problem } from '#lib/conversations/shapes.ts';
import type { PatternRow } from '#lib/forms/list.ts';
import { addPattern, changePattern, deletePattern } from './actions.ts';
import { type PatternForm, toInput, valuesOf, type Wrong, wrongIn } from './values.ts';

const AT_FIELD = ['name', 'sender', 'mailboxId', 'fields'] as const;

/** The form's values, what is wrong with them, and saving or deleting the pattern. */
export function useFormEditor(slug: string, pattern: PatternRow | null) {
  const t = useTranslations('forms');
  const say = useProblemText();
  const router = useRouter();
  const [values, setValues] = useState<PatternForm>(() => valuesOf(pattern));
  const began = useRef(JSON.stringify(toInput(values)));
  const [wrong, setWrong] = useState<Wrong>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);

  const set = (change: Partial<PatternForm>) => {
    setValues((old) => ({ ...old, ...change }));
    setWrong((old) => Object.fromEntries(Object.entries(old).filter(([field]) => !(field in change))));
    setProblem(null);
  };
  const refused = (error: Problem) => {
    const field = AT_FIELD.find((name) => error.field === name || error.field?.startsWith(`${name}.`));
    if (field) setWrong({ [field]: say(error) });
    else setProblem(error);
  };
  const finish = async (work: ReturnType<typeof addPattern>, said: string) => {
    setBusy(true);
    const result = await settle(work);
    setBusy(false);
    if (!result.ok) return refused(result.error);
    setDone(true);
    toast({ text: said });
    router.push(`/${slug}/settings/forms`);
    router.refresh();
  };
  const save = async () => {
    const reasons = wrongIn(values);
    setWrong(
      Object.fromEntries(
        Object.entries(reasons).map(([field, reason]) => [field, say({ code: 'Invalid', reason, params: {} })]),
      ),
    );
    if (Object.keys(reasons).length > 0) return focusFirstWrong();
    const input = toInput(values);
    const said = t('saved', { name: input.name });
    await finish(pattern ? changePattern(slug, pattern.id, pattern.version, input) : addPattern(slug, input), said);
  };
  const remove = async () => {
    if (pattern) await finish(deletePattern(slug, pattern.id), t('deleted', { name: pattern.name }));
  };
  const typed = !done && JSON.stringify(toInput(values)) !== began.current;
  return { values, set, wrong, problem, busy, typed, save, remove };
}

// After the errors are drawn: on a phone the first may stand far above the button.
const focusFirstWrong = () =>
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('form [data-error] input, form input[data-error]')?.focus(),
  );
