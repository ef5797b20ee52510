import type { Advice } from '#lib/mail/advice.ts';
import type { FoldersToRead } from '#lib/mail/imap/index.ts';

export const TEST_STEPS = [
  ...(['imap.name', 'imap.port', 'imap.tls', 'imap.login', 'imap.folders'] as const),
  ...(['smtp.port', 'smtp.tls', 'smtp.login', 'mail.sent', 'mail.back'] as const),
] as const;
export type TestStepName = (typeof TEST_STEPS)[number];

/**
 * One step. `ok` null: not tried (one before it failed, or no test mail was wanted). `code` is a key of messages
 * settings.failure; `words` are the server's own; `facts` fill the sentence of success; `ms` is how long it took.
 */
export type TestedStep = {
  step: TestStepName;
  ok: boolean | null;
  code: string | null;
  words: string | null;
  facts: Record<string, string | number>;
  advice: Advice[];
  ms: number | null;
};
export type AccountTest = {
  ok: boolean;
  steps: TestedStep[];
  /** Every folder of the account, to choose the one for sent mail from; empty where it didn't come so far. */
  folderNames: string[];
  sentFolder: string | null;
  /** INBOX and Sent as they stood at the test; null where it didn't come so far. */
  folders: FoldersToRead | null;
};
export type TestEvent = { type: 'begins'; step: TestStepName } | { type: 'step'; step: TestedStep };

export const untried = (step: TestStepName): TestedStep => ({
  ...{ step, ok: null, code: null, words: null, facts: {}, advice: [], ms: null },
});
