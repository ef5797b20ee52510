import { apiHeaders } from '#app/_entry/headers.ts';
import { jsonBody } from '#app/_entry/input.ts';
import { problemOf } from '#app/_entry/problem.ts';
import { memberRoute } from '#app/_entry/route.ts';
import { type Attempt, attempt, attemptInput } from '#app/api/t/[tenant]/accounts/test/attempt.ts';
import { requireMay } from '#lib/auth/actor.ts';

const LIMIT = 64 * 1024;

/**
 * Tests a mail account step by step, and saves it where that is asked for and every step went well: one JSON line for each
 * step as it begins and ends (Attempt). The browser that hangs up stops the test. The permission comes first: nobody else
 * makes us connect anywhere.
 */
export const POST = memberRoute<{ tenant: string }>(async (member, { request }) => {
  requireMay(member, 'account.edit');
  const wanted = attemptInput.parse(await jsonBody(request, LIMIT));
  const hungUp = new AbortController();
  const signal = AbortSignal.any([request.signal, hungUp.signal]);
  const bytes = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const tell = (line: Attempt) => {
        if (!signal.aborted) controller.enqueue(bytes.encode(`${JSON.stringify(line)}\n`));
      };
      try {
        await attempt(member, wanted, { signal, tell });
      } catch (error) {
        tell({ type: 'refused', error: problemOf(error).error });
      }
      if (!signal.aborted) controller.close();
    },
    cancel: () => hungUp.abort(),
  });
  const headers = { ...apiHeaders(), 'Content-Type': 'application/x-ndjson', 'X-Accel-Buffering': 'no' };
  return new Response(body, { headers: { ...headers, 'Cache-Control': 'private, no-store, no-transform' } });
});
