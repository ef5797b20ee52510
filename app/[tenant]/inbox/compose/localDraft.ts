import type { AddressShape, MailCharset } from '#lib/conversations/shapes.ts';

export type DraftFields = {
  to: AddressShape[];
  cc: AddressShape[];
  subject: string;
  text: string;
  charset: MailCharset;
};
/** What this device keeps: the words, the server's version they were written on, and whether the server has them. */
export type LocalDraft = DraftFields & {
  clientId: string;
  seenContentSeq: number;
  version: number;
  savedAt: string;
  synced: boolean;
};

const PREFIX = 'mg.draft';
const OLDER: Partial<LocalDraft> = { charset: 'utf-8' };
const keyOf = (tenant: string, conversation: string, member: string) =>
  [PREFIX, tenant, conversation, member].join(':');

// Private windows and full disks refuse; the server's copy is then the only one, and the screen goes on.
export function readLocal(tenant: string, conversation: string, member: string): LocalDraft | null {
  try {
    const text = localStorage.getItem(keyOf(tenant, conversation, member));
    // What an older page kept knows no charset.
    return text ? { ...OLDER, ...(JSON.parse(text) as LocalDraft) } : null;
  } catch {
    return null;
  }
}

/** True when the device really kept it: only then may the screen say so. */
export function writeLocal(tenant: string, conversation: string, member: string, draft: LocalDraft): boolean {
  try {
    localStorage.setItem(keyOf(tenant, conversation, member), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function forgetLocal(tenant: string, conversation: string, member: string): void {
  try {
    localStorage.removeItem(keyOf(tenant, conversation, member));
  } catch {
    // Nothing was kept.
  }
}

const words = ({ to, cc, subject, text, charset }: DraftFields) => JSON.stringify([to, cc, subject, text, charset]);
export const sameWords = (a: DraftFields, b: DraftFields): boolean => words(a) === words(b);
