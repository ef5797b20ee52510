import { apiHeaders } from '#app/_entry/headers.ts';
import { databaseAnswers } from '#lib/db/system.ts';
import { redisAnswers } from '#lib/realtime/index.ts';

/** For a load balancer: 200 when the database and Redis answer, else 503. It says no more: anybody may ask. */
export async function GET(): Promise<Response> {
  const checks = await Promise.allSettled([inTime(databaseAnswers()), inTime(redisAnswers())]);
  const ok = checks.every((check) => check.status === 'fulfilled' && check.value);
  return Response.json({ ok }, { status: ok ? 200 : 503, headers: apiHeaders() });
}

const inTime = <T>(answer: Promise<T>): Promise<T> =>
  Promise.race([answer, new Promise<never>((_, reject) => setTimeout(reject, 3000))]);
