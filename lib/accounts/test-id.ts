import { derivedKey, derivedKeys } from '#lib/crypto/index.ts';
import { newId } from '#lib/ids.ts';
import { newMessageId, verifyMessageId } from '#lib/mail/message-id.ts';

// Signed for no 窓口: an account is tested before it belongs to one, and a reply's id never passes for a test's.
const OWNER = 'connection-test';

/** The Message-ID of a new test mail, signed for this company. */
export const newTestId = (tenantId: string, domain: string): string =>
  newMessageId({ tenantId, mailboxId: OWNER, key: derivedKey('message-id'), messageId: newId(), domain });

/** Is one of these ids of a test mail that this company sent to itself? Such a mail never becomes a 案件. */
export const isTestMail = (tenantId: string, ids: readonly (string | null | undefined)[]): boolean =>
  derivedKeys('message-id').some((key) =>
    ids.some((id) => !!id && verifyMessageId(id, { tenantId, mailboxId: OWNER, key }) !== null),
  );
