import type { Servers } from '#lib/accounts/servers.ts';
import { sendToItself } from '#lib/accounts/test-mail.ts';
import {
  type AccountTest,
  TEST_STEPS,
  type TestEvent,
  type TestedStep,
  type TestStepName,
  untried,
} from '#lib/accounts/test-steps.ts';
import { adviceFor } from '#lib/mail/advice.ts';
import type { TestFailure } from '#lib/mail/connection-test.ts';
import { type FoldersToRead, type ImapFolder, sentFolderOf, testImap } from '#lib/mail/imap/index.ts';
import { type LineTarget, testLine } from '#lib/mail/line-test.ts';
import { providerById } from '#lib/mail/providers.ts';
import { testSmtp } from '#lib/mail/smtp/submit.ts';
import { lookupAllowedHost } from '#lib/net/index.ts';

type Options = {
  tenantId: string;
  /** Send a mail to itself and wait for it, too. */
  mail?: boolean;
  signal?: AbortSignal;
  onEvent?: (event: TestEvent) => void;
};

/**
 * Connects to both servers as they would be used, step by step, and changes nothing there but for the test mail where one is
 * wanted. Tells each step as it begins and ends; ends early when `signal` says so. Takes seconds; not inside a transaction.
 */
export async function testAccount(servers: Servers, options: Options): Promise<AccountTest> {
  const run = new Run(servers, options);
  const read = await run.imap();
  const sends = await run.smtp();
  if (options.mail && read && sends) await run.mail(read.junk);
  return run.result(read);
}

type Outcome = Partial<Pick<TestedStep, 'code' | 'words' | 'facts' | 'advice'>>;
type ReadFolders = { names: string[]; sent: string | null; junk: string | null; folders: FoldersToRead };

/** One test: what was found step by step. */
class Run {
  private readonly servers: Servers;
  private readonly options: Options;
  private readonly steps = new Map<TestStepName, TestedStep>();
  private began = 0;

  constructor(servers: Servers, options: Options) {
    this.servers = servers;
    this.options = options;
  }

  async imap(): Promise<ReadFolders | null> {
    const { imap } = this.servers;
    this.begin('imap.name');
    const host = await lookupAllowedHost(imap.host);
    if (!host.ok) return this.fail('imap.name', { code: reasonOfHost(host.reason), facts: { host: imap.host } });
    this.pass('imap.name', { host: imap.host, address: host.address });
    if (!(await this.line('imap', host.address))) return null;
    this.begin('imap.login');
    const found = await testImap({ ...imap, host: host.address, tls: { servername: imap.host } });
    if (!found.ok && found.step !== 'folders') return this.fail('imap.login', this.refused('imap', found));
    this.pass('imap.login');
    this.begin('imap.folders');
    if (!found.ok) return this.fail('imap.folders', { code: 'foldersFailed', words: found.words });
    const sent = sentFolderOf(found.folders);
    this.pass('imap.folders', { count: found.folders.length, sent: sent ?? '' });
    const folders = { inbox: found.inbox, sent: found.sent };
    return { names: found.folders.map(({ path }) => path), sent, junk: junkOf(found.folders), folders };
  }

  async smtp(): Promise<boolean> {
    const { smtp } = this.servers;
    if (this.options.signal?.aborted) return false;
    this.begin('smtp.port');
    const host = await lookupAllowedHost(smtp.host);
    if (!host.ok) return !!this.fail('smtp.port', { code: reasonOfHost(host.reason), facts: { host: smtp.host } });
    if (!(await this.line('smtp', host.address))) return false;
    this.begin('smtp.login');
    const signed = await testSmtp({ ...smtp, host: host.address, tls: { servername: smtp.host } });
    if (!signed.ok) return !!this.fail('smtp.login', this.refused('smtp', signed));
    return this.pass('smtp.login', { user: smtp.user ? 'yes' : '' });
  }

  async mail(junk: string | null): Promise<void> {
    this.begin('mail.sent');
    const { tenantId, signal } = this.options;
    const sent = (): void => {
      this.pass('mail.sent', { address: this.servers.address });
      this.begin('mail.back');
    };
    const { at, code, words, facts } = await sendToItself(this.servers, { tenantId, junk, signal, sent });
    if (code === null) this.pass('mail.back', facts);
    else this.fail(at, { code, words, facts });
  }

  result(read: ReadFolders | null): AccountTest {
    const steps = TEST_STEPS.map((step) => this.steps.get(step) ?? untried(step));
    const wanted = steps.filter(({ step }) => this.options.mail || !step.startsWith('mail.'));
    return {
      ok: wanted.every((step) => step.ok === true),
      steps,
      ...{ folderNames: read?.names ?? [], sentFolder: read?.sent ?? null, folders: read?.folders ?? null },
    };
  }

  private async line(side: 'imap' | 'smtp', address: string): Promise<boolean> {
    const { host, port, secure } = this.servers[side];
    const target: LineTarget = { host: address, name: host, port, security: secure, speaks: side };
    if (side === 'imap') this.begin('imap.port');
    const onPort = (): void => {
      this.pass(`${side}.port`, { port, host, address });
      this.begin(`${side}.tls`);
    };
    const found = await testLine(target, { onPort, signal: this.options.signal });
    if (!found.ok)
      return !!this.fail(`${side}.${found.at}`, { code: found.code, words: found.words, facts: { port, host } });
    return this.pass(
      `${side}.tls`,
      found.tls ? { version: found.tls.version, until: found.tls.validTo } : { version: '' },
    );
  }

  private refused(side: 'imap' | 'smtp', { step, code, words }: TestFailure): Outcome {
    const oauth = this.servers.auth !== 'password';
    if (step !== 'login') return { code: code === 'timeout' ? 'connectTimeout' : 'connectionLost', words };
    const advice = adviceFor(side, words, providerById(this.servers.provider), oauth);
    return { code: oauth ? 'oauthRefused' : 'loginFailed', words, advice };
  }

  private begin(step: TestStepName): void {
    this.began = Date.now();
    this.options.onEvent?.({ type: 'begins', step });
  }

  private pass(step: TestStepName, facts: TestedStep['facts'] = {}): true {
    this.note({ ...untried(step), ok: true, facts });
    return true;
  }

  private fail(step: TestStepName, outcome: Outcome): null {
    const stopped = this.options.signal?.aborted ? { code: 'stopped', words: null, advice: [] } : outcome;
    this.note({ ...untried(step), ok: false, ...stopped, words: stopped.words || null });
    return null;
  }

  private note(step: TestedStep): void {
    const timed = { ...step, ms: Date.now() - this.began };
    this.steps.set(step.step, timed);
    this.options.onEvent?.({ type: 'step', step: timed });
  }
}

const reasonOfHost = (reason: string): string => (reason === 'hostNotAllowed' ? 'hostNotAllowed' : 'hostNotFound');
const junkOf = (folders: readonly ImapFolder[]): string | null =>
  folders.find(({ specialUse }) => specialUse === '\\Junk')?.path ?? null;
