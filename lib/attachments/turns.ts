import { unavailable } from '#lib/errors.ts';

type Waiting = { company: string; go: () => void };

/**
 * Turns for slow work: so many at once in one process, half of them for one company at most, so that a mail full of pictures on
 * a host that never answers holds up no other company's readers.
 */
export class Turns {
  private readonly running = new Map<string, number>();
  private readonly waiting: Waiting[] = [];
  private readonly atOnce: number;
  private readonly mostWaiting: number;
  private total = 0;

  constructor(atOnce: number, mostWaiting: number) {
    this.atOnce = atOnce;
    this.mostWaiting = mostWaiting;
  }

  /** Does the work when it is its turn. @throws Unavailable when too much of the same company waits already */
  async take<T>(company: string, work: () => Promise<T>): Promise<T> {
    if (this.isFree(company)) this.begin(company);
    else await this.wait(company);
    try {
      return await work();
    } finally {
      this.end(company);
    }
  }

  private isFree(company: string): boolean {
    return this.total < this.atOnce && (this.running.get(company) ?? 0) < this.atOnce / 2;
  }

  private begin(company: string): void {
    this.total += 1;
    this.running.set(company, (this.running.get(company) ?? 0) + 1);
  }

  private wait(company: string): Promise<void> {
    const before = this.waiting.filter((one) => one.company === company).length;
    if (before >= this.mostWaiting) throw unavailable();
    return new Promise((go) => this.waiting.push({ company, go }));
  }

  // The turn is handed over here, so that nobody who comes in between takes it.
  private end(company: string): void {
    this.total -= 1;
    const left = (this.running.get(company) ?? 1) - 1;
    if (left > 0) this.running.set(company, left);
    else this.running.delete(company);
    const next = this.waiting.findIndex((one) => this.isFree(one.company));
    const [one] = next < 0 ? [] : this.waiting.splice(next, 1);
    if (!one) return;
    this.begin(one.company);
    one.go();
  }
}
