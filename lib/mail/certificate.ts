import { isIP } from 'node:net';
import { checkServerIdentity, type PeerCertificate, type TLSSocket } from 'node:tls';
import { certificateTrouble, type TlsFault } from '#lib/mail/trouble.ts';

/** What is wrong with the certificate of a line that was opened without refusing any; null when nothing is. */
export function certificateFault(
  line: Pick<TLSSocket, 'authorized' | 'authorizationError'>,
  name: string,
  certificate: PeerCertificate,
): { code: TlsFault; words: string } | null {
  if (!line.authorized) {
    const said = line.authorizationError as unknown;
    const code = said instanceof Error ? ((said as NodeJS.ErrnoException).code ?? said.message) : String(said);
    return { code: certificateTrouble(code), words: `${code}${issuedTo(certificate)}` };
  }
  // An address has no name to compare: Node leaves the check out without a server name, and so do we.
  const other = isIP(name) ? undefined : checkServerIdentity(name, certificate);
  return other ? { code: 'certOtherName', words: `${other.message}` } : null;
}

const issuedTo = ({ subject, valid_to }: PeerCertificate): string =>
  subject?.CN ? ` (${subject.CN}, ${valid_to})` : '';
