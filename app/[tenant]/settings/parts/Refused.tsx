import { IconAlertTriangle } from '@tabler/icons-react';
import { Banner } from '#components/ui/Banner.tsx';
import { useProblemText } from '#components/ui/useProblemText.ts';
import type { Problem } from '#lib/conversations/shapes.ts';

/** What was refused, in place: the fact, and what to do. */
export function Refused({ problem, title }: { problem: Problem | null; title: string }) {
  const say = useProblemText();
  if (!problem) return null;
  return (
    <Banner tone="late" role="alert" icon={<IconAlertTriangle size={16} stroke={1.75} />} title={title}>
      {say(problem)}
    </Banner>
  );
}
