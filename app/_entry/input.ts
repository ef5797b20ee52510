import { invalid, notFound } from '#lib/errors.ts';
import { isId } from '#lib/ids.ts';

/** An id from outside. What isn't an id names nothing: NotFound, like an id of somebody else's. */
export function idFrom(value: unknown): string {
  if (!isId(value)) throw notFound();
  return value;
}

/**
 * The JSON body of a request, read no further than `limit` bytes.
 * @throws Invalid `notJson`, Invalid `tooLarge` {limit}
 */
export async function jsonBody(request: Request, limit: number): Promise<unknown> {
  // A form of another site can't send this type without asking us first (CORS), which we never grant.
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) throw invalid('notJson');
  const text = await limitedText(request.body, limit);
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('notJson');
  }
}

async function limitedText(body: ReadableStream<Uint8Array> | null, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > limit) throw invalid('tooLarge', { limit });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
