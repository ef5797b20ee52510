import type { AccountInput } from '#lib/accounts/input.ts';
import type { TestFailure } from '#lib/mail/connection-test.ts';
import { type FoldersToRead, sentFolderOf, testImap } from '#lib/mail/imap/index.ts';
import { testSmtp } from '#lib/mail/smtp/submit.ts';
import { lookupAllowedHost } from '#lib/net/index.ts';

export type TestStepName = 'imap.connect' | 'imap.login' | 'imap.folders' | 'smtp.connect' | 'smtp.login';
export type TestReason =
  | 'hostNotFound'
  | 'hostNotAllowed'
  | 'connectRefused'
  | 'connectTimeout'
  | 'tlsFailed'
  | 'loginFailed'
  | 'serverRefused';
/** One step; `ok` null: not tried, because one before it failed. `words` are the server's own. */
export type TestedStep = { step: TestStepName; ok: boolean | null; code: TestReason | null; words: string | null };
export type AccountTest = {
  ok: boolean;
  steps: TestedStep[];
  sentFolder: string | null;
  /** INBOX and Sent as they stood at the test; null where it didn't come so far. */
  folders: FoldersToRead | null;
};

/** Connects to both servers as they would be used and changes nothing there. Takes seconds; not inside a transaction. */
export async function testAccount(input: AccountInput): Promise<AccountTest> {
  const imap = await tryImap(input);
  const smtp = await trySmtp(input);
  return {
    ok: [...imap.steps, ...smtp].every((step) => step.ok),
    steps: [...imap.steps, ...smtp],
    sentFolder: imap.sent,
    folders: imap.folders,
  };
}

type TriedImap = { steps: TestedStep[]; sent: string | null; folders: FoldersToRead | null };

async function tryImap(input: AccountInput): Promise<TriedImap> {
  const names = ['imap.connect', 'imap.login', 'imap.folders'] as const;
  const host = await lookupAllowedHost(input.imapHost);
  const unread = { sent: null, folders: null };
  if (!host.ok) return { steps: failedAt(names, 'imap.connect', reasonOfHost(host.reason), ''), ...unread };
  const result = await testImap({
    ...{ host: host.address, port: input.imapPort, secure: input.imapSecurity, user: input.imapUser },
    ...{ password: input.imapPassword, tls: { servername: input.imapHost } },
  });
  if (!result.ok) {
    const at = result.step === 'login' ? 'imap.login' : result.step === 'folders' ? 'imap.folders' : 'imap.connect';
    return { steps: failedAt(names, at, reasonOf(result), result.words), ...unread };
  }
  const { folders, inbox, sent } = result;
  return { steps: names.map(passed), sent: sentFolderOf(folders), folders: { inbox, sent } };
}

async function trySmtp(input: AccountInput): Promise<TestedStep[]> {
  const names = ['smtp.connect', 'smtp.login'] as const;
  const host = await lookupAllowedHost(input.smtpHost);
  if (!host.ok) return failedAt(names, 'smtp.connect', reasonOfHost(host.reason), '');
  const result = await testSmtp({
    ...{ host: host.address, port: input.smtpPort, secure: input.smtpSecurity, user: input.smtpUser || null },
    ...{ password: input.smtpPassword, tls: { servername: input.smtpHost } },
  });
  if (result.ok) return names.map(passed);
  return failedAt(names, result.step === 'login' ? 'smtp.login' : 'smtp.connect', reasonOf(result), result.words);
}

const passed = (step: TestStepName): TestedStep => ({ step, ok: true, code: null, words: null });

function failedAt(names: readonly TestStepName[], at: TestStepName, code: TestReason, words: string): TestedStep[] {
  const failed = names.indexOf(at);
  return names.map((step, index) => {
    if (index < failed) return passed(step);
    return index === failed
      ? { step, ok: false, code, words: words || null }
      : { step, ok: null, code: null, words: null };
  });
}

const reasonOfHost = (reason: string): TestReason => (reason === 'hostNotAllowed' ? 'hostNotAllowed' : 'hostNotFound');

function reasonOf({ step, code }: TestFailure): TestReason {
  if (step === 'login') return 'loginFailed';
  if (step === 'dns') return 'hostNotFound';
  if (step === 'tls') return 'tlsFailed';
  if (code === 'timeout') return 'connectTimeout';
  return /REFUSED|UNREACH|RESET/.test(code) ? 'connectRefused' : 'serverRefused';
}
