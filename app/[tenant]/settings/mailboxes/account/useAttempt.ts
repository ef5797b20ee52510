import { useRef, useState } from 'react';
import type { Attempt, AttemptInput } from '#app/api/t/[tenant]/accounts/test/attempt.ts';
import { sessionEnded } from '#components/net/connection.ts';
import { OFFLINE, UNEXPECTED } from '#components/net/problem.ts';
import type { TestedStep, TestStepName } from '#lib/accounts/test-steps.ts';
import type { Problem } from '#lib/conversations/shapes.ts';

/** A test as far as it has come. */
export type Progress = {
  steps: Partial<Record<TestStepName, TestedStep>>;
  running: TestStepName | null;
  /** It came to its end; null while it runs. */
  ok: boolean | null;
  mail: boolean;
  beganAt: number;
  endedAt: number | null;
};
export type Ended = { saved: string | null; problem: Problem | null; steps: Progress['steps'] };

/** Runs a test at the server and shows each step as it begins and ends; `stop` ends it early. */
export function useAttempt(slug: string) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [folderNames, setFolderNames] = useState<string[]>([]);
  const running = useRef<AbortController | null>(null);

  const run = async (input: AttemptInput): Promise<Ended> => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    const steps: Progress['steps'] = {};
    const began: Progress = { steps, running: null, ok: null, mail: input.mail, beganAt: Date.now(), endedAt: null };
    let now = began;
    const show = (change: Partial<Progress>) => {
      now = { ...now, ...change };
      if (running.current === control) setProgress(now);
    };
    const ended: Ended = { saved: null, problem: null, steps };
    show({});
    try {
      for await (const line of linesFrom(slug, input, control.signal)) {
        if (line.type === 'begins') show({ running: line.step });
        else if (line.type === 'step') {
          steps[line.step.step] = line.step;
          show({ steps: { ...steps }, running: null });
        } else if (line.type === 'tested') {
          show({ ok: line.ok });
          if (line.folderNames.length > 0) setFolderNames(line.folderNames);
        } else if (line.type === 'saved') ended.saved = line.id;
        else ended.problem = line.error;
      }
    } catch (error) {
      if (!control.signal.aborted) ended.problem = error instanceof Refusal ? error.problem : OFFLINE;
    }
    show({ running: null, ok: now.ok ?? false, endedAt: Date.now() });
    if (ended.problem?.reason === 'sessionEnded') sessionEnded();
    return ended;
  };
  return { progress, folderNames, run, stop: () => running.current?.abort(), clear: () => setProgress(null) };
}

class Refusal extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.reason);
    this.problem = problem;
  }
}

async function* linesFrom(slug: string, input: AttemptInput, signal: AbortSignal): AsyncGenerator<Attempt> {
  const response = await fetch(`/api/t/${slug}/accounts/test`, {
    ...{ method: 'POST', signal, headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) },
  });
  if (!response.ok || !response.body) {
    const answer = (await response.json().catch(() => null)) as { error?: Problem } | null;
    throw new Refusal(answer?.error ? { ...answer.error, params: answer.error.params ?? {} } : UNEXPECTED);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as Attempt;
  }
}
