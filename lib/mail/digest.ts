import { createHash } from 'node:crypto';
import { normaliseAddress } from '#lib/mail/address.ts';
import { normaliseSubject } from '#lib/mail/subject.ts';

/** What makes a mail the same mail, whatever relays and lists did to its headers and encoding. */
export type DigestInput = {
  subject: string;
  from: string;
  text: string;
  html: string | null;
  attachments: readonly { sha256: string }[];
};

/** Identity layer 2 (architecture.md 4): sha256 in hex over normalised subject, sender, bodies and attachments, not over raw bytes. */
export function mailDigest(mail: DigestInput): string {
  const hash = createHash('sha256');
  const parts = [
    normaliseSubject(mail.subject),
    normaliseAddress(mail.from),
    squeeze(mail.text),
    squeeze(mail.html ?? ''),
  ];
  for (const part of [...parts, ...mail.attachments.map((a) => a.sha256).sort()]) {
    hash.update(`${Buffer.byteLength(part)}:`).update(part);
  }
  return hash.digest('hex');
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
