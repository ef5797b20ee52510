import type { Instrumentation } from 'next';

/** Once at the start of a web process. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { noteThePeer } = await import('#lib/auth/peer.ts');
  noteThePeer();
  const { leaveInTime } = await import('#app/_entry/leave.ts');
  leaveInTime();
}

/** What a page threw: the person sees the digest, the log says the rest. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { log } = await import('#lib/log.ts');
  const { digest } = error as { digest?: string };
  log.error('request.failed', { id: digest, method: request.method, route: context.routePath, error });
};
