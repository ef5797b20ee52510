import { imageTypeOf } from '#lib/attachments/image-type.ts';
import { Turns } from '#lib/attachments/turns.ts';
import { notFound, unavailable } from '#lib/errors.ts';
import { LIMITS } from '#lib/limits.ts';
import { dnsResolve, guardedFetch } from '#lib/net/index.ts';

export type RemoteImage = { contentType: string; bytes: Buffer };

// What servers call pictures. The bytes decide in the end, and SVG is never one: it is a document.
const CALLED = [
  ...['image/png', 'image/apng', 'image/jpeg', 'image/jpg', 'image/pjpeg', 'image/gif', 'image/webp', 'image/avif'],
  ...['image/bmp', 'image/x-ms-bmp', 'image/x-icon', 'image/vnd.microsoft.icon', 'image/*'],
  ...['application/octet-stream', 'binary/octet-stream', ''],
];

/** Pictures fetched at once by one process, and how many may wait for one company. */
const turns = new Turns(16, 300);

/**
 * Fetches a picture from outside on behalf of a reader, without telling its host anything of them. @throws NotFound when it
 * isn't a picture or may not be asked for, Unavailable when its host doesn't answer in time. An own network stays closed even
 * where mail servers may stand in it: the sender of a mail chooses the address.
 */
export const fetchRemoteImage = (
  tenantId: string,
  url: string,
  options: { allowPrivate?: boolean } = {},
): Promise<RemoteImage> => turns.take(tenantId, () => fetchNow(url, options.allowPrivate ?? false));

async function fetchNow(url: string, allowPrivate: boolean): Promise<RemoteImage> {
  const answer = await guardedFetch(url, {
    maxBytes: LIMITS.remoteImage,
    timeoutMs: LIMITS.remoteImageMs,
    redirects: 3,
    accept: CALLED,
    headers: { Accept: 'image/avif,image/webp,image/png,image/*;q=0.8' },
    allowPrivate,
    resolve: dnsResolve(),
  });
  if (!answer.ok) throw PASSING.has(answer.reason) ? unavailable() : notFound();
  if (answer.status >= 500) throw unavailable();
  const contentType = answer.status === 200 ? imageTypeOf(answer.body) : null;
  if (!contentType) throw notFound();
  return { contentType, bytes: answer.body };
}

const PASSING = new Set(['timeout', 'connectionFailed', 'hostLookupFailed']);
