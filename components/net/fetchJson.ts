import { answered, connectionLost, sessionEnded } from '#components/net/connection.ts';
import { OFFLINE, Refused, UNEXPECTED } from '#components/net/problem.ts';
import type { Problem } from '#lib/conversations/shapes.ts';

type Ask = { method?: 'GET' | 'PUT' | 'POST' | 'DELETE'; body?: unknown; signal?: AbortSignal; keepalive?: boolean };

/** One JSON question to our own server. Throws Refused; keeps the page's connection state (net/connection.ts) true. */
export async function fetchJson<T>(path: string, { method = 'GET', body, signal, keepalive }: Ask = {}): Promise<T> {
  const response = await reach(path, {
    method,
    signal,
    keepalive,
    headers: body === undefined ? { accept: 'application/json' } : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    redirect: 'manual',
  });
  if (response.ok) {
    answered();
    return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
  }
  // A redirect here can only lead to the sign-in page.
  if (response.status === 401 || response.type === 'opaqueredirect') {
    sessionEnded();
    throw new Refused(401, { code: 'Unauthenticated', reason: 'sessionEnded', params: {} });
  }
  if (response.status < 500) answered();
  throw new Refused(response.status, await problemIn(response));
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    connectionLost();
    throw new Refused(0, OFFLINE);
  }
}

async function problemIn(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as { error?: Problem };
    return body.error ? { ...body.error, params: body.error.params ?? {} } : UNEXPECTED;
  } catch {
    return UNEXPECTED;
  }
}
