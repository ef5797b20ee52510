/** The server answered, but without the mail's bytes (BODY[] NIL, or no answer for this UID): its store is damaged there. */
export class NoSource extends Error {
  constructor(uid: number) {
    super(`the server gives no source for UID ${uid}`);
    this.name = 'NoSource';
  }
}

type ImapError = {
  code?: string;
  responseStatus?: string;
  response?: { attributes?: { section?: { value?: unknown }[] }[] };
};

/** RFC 5530 3: trouble that passes by itself and says nothing about the mail; ETHROTTLE is ImapFlow's name for the same. */
const PASSING = ['UNAVAILABLE', 'INUSE', 'LIMIT', 'ETHROTTLE'];

/**
 * Did the server refuse this one mail, over a line that is whole? A cut line, a time-out or a server that asks for patience
 * is not the mail's fault: the same mail comes the next time.
 */
export function isRefusal(error: unknown): boolean {
  if (error instanceof NoSource) return true;
  const { code, responseStatus, response } = error as ImapError;
  if (responseStatus !== 'NO' && responseStatus !== 'BAD') return false;
  const told = response?.attributes?.[0]?.section?.[0]?.value;
  return ![code, told].some((word) => typeof word === 'string' && PASSING.includes(word.toUpperCase()));
}
