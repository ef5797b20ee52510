import type { ImapFlow } from 'imapflow';
import { type AccountSettings, loadAccount } from '#lib/accounts/settings.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { inTenant } from '#lib/db/scope.ts';
import { isAppError } from '#lib/errors.ts';
import { newId } from '#lib/ids.ts';
import { connectAccount } from '#lib/inbound/connect.ts';
import { noteFailure, noteSuccess } from '#lib/inbound/health.ts';
import { holdAccount, LEASE_SECONDS, type Lease, LeaseLost, releaseAccount } from '#lib/inbound/lease.ts';
import { log } from '#lib/log.ts';
import { failureOf } from '#lib/mail/connection-test.ts';
import { closeImap, isBusyAnswer, UidValidityChanged } from '#lib/mail/imap/index.ts';
import { lookAtFolders } from '#workers/watchers/look.ts';

/**
 * Looks at the folders at least so often, whatever IDLE says, milliseconds: this finds a line that is dead (openFolder gives
 * it 20 s) and mail that rang nobody. More often where the server has no IDLE.
 */
const PULL_EVERY_MS = 60_000;
const PULL_WITHOUT_IDLE_MS = 20_000;

/**
 * Owns one mail account by its lease: keeps one connection warm for IDLE and fetch, pulls when the server says EXISTS, when
 * rung, and by its own timer. Ends at the first trouble: a failure is noted, and take-up starts a new one after the pause.
 */
export class AccountWatcher {
  readonly lease: Lease;
  private client: ImapFlow | null = null;
  private stopped = false;
  private wake: () => void = () => {};
  private rung = false;
  private looked = false;
  readonly done: Promise<void>;

  constructor(tenantId: string, accountId: string, owner: string) {
    this.lease = { tenantId, accountId, token: newId() };
    this.done = this.run(owner);
  }

  /** Look now. */
  ring(): void {
    this.rung = true;
    this.wake();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.done;
  }

  private async run(owner: string): Promise<void> {
    if (!(await holdAccount(this.lease, owner))) return;
    const heartbeat = setInterval(() => void this.keep(owner), (LEASE_SECONDS * 1000) / 3);
    try {
      const version = await this.version();
      let account = await this.load();
      this.client = await connectAccount(account);
      this.client.on('close', () => this.wake());
      this.client.on('exists', () => this.ring());
      while (!this.stopped && this.client.usable && (await this.version()) === version) {
        account = await this.look(this.client, account);
      }
      if (!this.stopped && !this.client.usable) this.noteCut();
    } catch (error) {
      // The line broke in the middle of a look: the same as between two.
      if (this.looked && this.client?.usable === false && !(error instanceof LeaseLost)) this.noteCut();
      else await this.noteTrouble(error);
    } finally {
      clearInterval(heartbeat);
      if (this.client) await closeImap(this.client);
      await releaseAccount(this.lease).catch(() => {});
    }
  }

  private async look(client: ImapFlow, account: AccountSettings): Promise<AccountSettings> {
    this.rung = false;
    const { account: after, more } = await lookAtFolders(client, account, this.lease);
    await noteSuccess(this.lease);
    this.looked = true;
    const pause = client.capabilities.has('IDLE') ? PULL_EVERY_MS : PULL_WITHOUT_IDLE_MS;
    if (!more && !this.rung && !this.stopped && client.usable) await this.sleep(pause);
    return after;
  }

  // Settings that were edited, or an account that was paused: the line with the old ones ends, and the next take-up connects.
  private async version(): Promise<number | null> {
    const { tenantId, accountId } = this.lease;
    const found = await inTenant({ tenantId, actor: SYSTEM }, ({ db }) =>
      db.mailAccount.findFirst({ where: { tenantId, id: accountId, state: 'active' }, select: { version: true } }),
    );
    return found?.version ?? null;
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private load(): Promise<AccountSettings> {
    const { tenantId, accountId } = this.lease;
    return inTenant({ tenantId, actor: SYSTEM }, (scope) => loadAccount(scope, accountId));
  }

  private async keep(owner: string): Promise<void> {
    const ours = await holdAccount(this.lease, owner).catch(() => true);
    if (ours) return;
    this.stopped = true;
    this.wake();
  }

  // Servers end idle connections every day, by a restart or a time limit: a healthy account isn't called failing for it, the
  // next take-up connects again. If that doesn't go through, it counts.
  private noteCut(): void {
    if (!this.looked) throw new Error('connection closed');
    log.info('inbound.connectionCut', { accountId: this.lease.accountId });
  }

  private async noteTrouble(error: unknown): Promise<void> {
    // Another one goes on, or the folder begins anew at the next take-up: no trouble of the account.
    if (error instanceof LeaseLost || error instanceof UidValidityChanged) return;
    const { code, words } = whatWentWrong(error);
    log.warn('inbound.accountFailed', { accountId: this.lease.accountId, code });
    await noteFailure(this.lease, code, words).catch(() => {});
  }
}

/** As the board shows it: a code that has words of ours, and the server's own. */
function whatWentWrong(error: unknown): { code: string; words: string } {
  if (isAppError(error)) return { code: error.reason, words: '' };
  const { code, words } = failureOf(error, 'connect');
  // What a server says with its BYE, ImapFlow keeps beside the error.
  const { reason } = error as { reason?: unknown };
  return { code: isBusyAnswer(error) ? 'busy' : code, words: typeof reason === 'string' && reason ? reason : words };
}
