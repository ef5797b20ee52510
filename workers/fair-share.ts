import type { Ref } from '#lib/db/system.ts';

type Limits = {
  /** Rows handled at once. */
  atOnce: number;
  /** Of them, rows of one tenant: its dead server holds up no other company. */
  perTenant: number;
};

/** Works through rows in their order, several at a time. `handle` must not reject. */
export class FairShare {
  private waiting: Ref[] = [];
  private readonly running = new Map<string, { tenantId: string; done: Promise<void> }>();
  private readonly handle: (ref: Ref) => Promise<void>;
  private readonly limits: Limits;

  constructor(handle: (ref: Ref) => Promise<void>, limits: Limits) {
    this.handle = handle;
    this.limits = limits;
  }

  /** These rows are what there is to do now, instead of those that were offered before; what is in hand isn't begun twice. */
  offer(refs: readonly Ref[]): void {
    this.waiting = refs.filter(({ id }) => !this.running.has(id));
    this.fill();
  }

  /** Begins nothing more and waits for what is in hand. */
  async close(): Promise<void> {
    this.waiting = [];
    await Promise.all([...this.running.values()].map(({ done }) => done));
  }

  private fill(): void {
    while (this.running.size < this.limits.atOnce) {
      const next = this.waiting.findIndex(({ tenantId }) => this.countOf(tenantId) < this.limits.perTenant);
      const [ref] = next < 0 ? [] : this.waiting.splice(next, 1);
      if (!ref) return;
      const done = this.handle(ref).then(() => {
        this.running.delete(ref.id);
        this.fill();
      });
      this.running.set(ref.id, { tenantId: ref.tenantId, done });
    }
  }

  private countOf(tenantId: string): number {
    return [...this.running.values()].filter((row) => row.tenantId === tenantId).length;
  }
}
