import { useTranslations } from 'next-intl';
import type { Problem } from '#lib/conversations/shapes.ts';

/** The sentence for a refusal: errors.REASON with its parameters. An unknown reason still says something true. */
export function useProblemText(): (problem: Problem) => string {
  const t = useTranslations('errors');
  return (problem) =>
    t.has(problem.reason)
      ? t(problem.reason, { id: problem.id ?? '-', ...problem.params })
      : t('unexpected', { id: problem.id ?? problem.reason });
}
