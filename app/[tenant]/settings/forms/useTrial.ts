import { useEffect, useState } from 'react';
import { settle } from '#components/net/settle.ts';
import type { Problem } from '#lib/conversations/shapes.ts';
import type { TriedPattern } from '#lib/forms/try.ts';
import { tryPattern } from './actions.ts';
import { isSender, type PatternForm, toInput } from './values.ts';

/** After the last key, milliseconds. */
const PAUSE_MS = 400;

/** What the pattern, as it is typed now, reads; asked anew after each pause in the typing. Null until there is a sender. */
export function useTrial(slug: string, values: PatternForm, mailId: string | null, pasted: string | null) {
  const [tried, setTried] = useState<TriedPattern | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const { sender, subjectContains, fields } = toInput(values);
  const asked = isSender(sender) ? JSON.stringify({ sender, subjectContains, fields, mailId, pasted }) : null;
  useEffect(() => {
    if (asked === null) {
      setTried(null);
      setBusy(false);
      return;
    }
    let current = true;
    setBusy(true);
    const timer = setTimeout(async () => {
      const result = await settle(tryPattern(slug, JSON.parse(asked)));
      if (!current) return;
      setBusy(false);
      setProblem(result.ok ? null : result.error);
      if (result.ok) setTried(result.value);
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [slug, asked]);
  return { tried, problem, busy };
}
