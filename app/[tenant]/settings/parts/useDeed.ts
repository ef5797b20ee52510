import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { settle } from '#components/net/settle.ts';
import { toast } from '#components/ui/toast.tsx';
import type { ActionResult, Problem } from '#lib/conversations/shapes.ts';

/** Does one thing after the other: says what was done, reads the page anew, keeps what was refused to be shown in place. */
export function useDeed() {
  const router = useRouter();
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (name: string, work: Promise<ActionResult>, done: string): Promise<boolean> => {
    setBusy(name);
    setProblem(null);
    const result = await settle(work);
    setBusy(null);
    if (!result.ok) {
      setProblem(result.error);
      return false;
    }
    if (done !== '') toast({ text: done });
    router.refresh();
    return true;
  };
  return { busy, problem, run };
}
