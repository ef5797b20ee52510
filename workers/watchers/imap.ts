import { accountsWithoutOwner } from '#lib/db/system.ts';
import { log } from '#lib/log.ts';
import { AccountWatcher } from '#workers/watchers/account-watcher.ts';

/** Accounts one process watches at the most; more processes take the rest. */
const MOST = 500;

/** The accounts this process watches, each by its lease. */
export class Watchers {
  private readonly watchers = new Map<string, AccountWatcher>();
  private readonly owner: string;
  private closed = false;

  constructor(owner: string) {
    this.owner = owner;
  }

  /** Takes up accounts that nobody holds; called by a timer. */
  async takeUp(): Promise<void> {
    if (this.closed || this.watchers.size >= MOST) return;
    for (const { tenantId, id } of await accountsWithoutOwner(MOST - this.watchers.size)) this.watch(tenantId, id);
  }

  /** The doorbell of an account: look now if it's ours, else try to take it. */
  watch(tenantId: string, accountId: string): void {
    if (this.closed) return;
    const known = this.watchers.get(accountId);
    if (known) {
      known.ring();
      return;
    }
    const watcher = new AccountWatcher(tenantId, accountId, this.owner);
    this.watchers.set(accountId, watcher);
    // The database may be away at this very moment: an unhandled rejection would end the whole process.
    void watcher.done
      .catch((error) => log.warn('watchers.watchFailed', { accountId, error }))
      .finally(() => this.watchers.delete(accountId));
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled([...this.watchers.values()].map((watcher) => watcher.stop()));
  }
}
