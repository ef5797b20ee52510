import { afterAll } from 'vitest';
import type { MemberActor } from '#lib/auth/actor.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import type { Role } from '#lib/auth/policy.ts';
import { putBlob } from '#lib/blobs/index.ts';
import { fixedClock } from '#lib/clock.ts';
import { closeDatabase } from '#lib/db/client.ts';
import type { PrismaClient } from '#lib/db/generated/client.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import { newId } from '#lib/ids.ts';
import { receiveMail } from '#lib/inbound/receive.ts';
import { closeQueue } from '#lib/queue/index.ts';
import { closeRealtime } from '#lib/realtime/index.ts';
import { operator } from '#prisma/provision/operator.ts';
import { foundAccount, foundTenant } from '#prisma/provision/tenant.ts';
import { databaseUrl } from '#tests/support/database.ts';
import { rawMail, type WrittenMail } from '#tests/support/raw-mail.ts';

/** The operator's connection (role migrate, acting as mg_owner): what tests look into the tables with, past the tenancy. */
export const owner: PrismaClient = operator(databaseUrl('migrate'));

afterAll(async () => {
  await owner.$disconnect();
  closeRealtime();
  await closeQueue();
  await closeDatabase();
});

/** Business time of a test that names none: a Friday morning in Tokyo. */
export const NOW = new Date('2026-11-20T01:00:00.000Z');
/** So many minutes after NOW. */
export const minutes = (n: number): Date => new Date(NOW.getTime() + n * 60_000);
/** So many days after NOW. */
export const days = (n: number): Date => minutes(n * 24 * 60);

type Wanted = {
  /** Key of each member -> roles and the 窓口 they see; without it one agent `aoki` who sees all. */
  members?: Record<string, { roles?: Role[]; sees?: string[] }>;
  /** Keys of the 窓口; each has an account that receives and sends. */
  mailboxes?: string[];
  undoSeconds?: number;
  /** Where its accounts send; without it nothing can be sent. */
  smtpPort?: number;
};

/** How a mail lies at the server: 窓口 `shop` at its own moment in INBOX unless said otherwise. */
export type Arrival = {
  mailbox?: string;
  at?: Date;
  folder?: 'inbox' | 'sent';
  /** The mail's size where it was too large to be fetched: only its header is kept. */
  tooLarge?: number;
  imported?: boolean;
};

const AGENT: Role[] = ['agent'];
let uid = 0;

/** A company of one test: found in a moment, with everything needed to act in it. */
export class Company {
  tenantId = '';
  slug = `t-${newId().slice(-12)}`;
  members: Record<string, string> = {};
  mailboxes: Record<string, string> = {};
  accounts: Record<string, string> = {};
  readonly #roles: Record<string, Role[]> = {};

  /** The 窓口's own mail address. */
  address(mailbox = 'shop'): string {
    return `${mailbox}@${this.slug}.example.jp`;
  }

  mailbox(key = 'shop'): string {
    return this.mailboxes[key] ?? '';
  }

  member(key = 'aoki'): string {
    return this.members[key] ?? '';
  }

  actor(key = 'aoki'): MemberActor {
    return { kind: 'person', id: this.member(key), name: key, roles: this.#roles[key] ?? [], capabilities: {} };
  }

  /** Runs work as a member, at business time `at`. */
  as<T>(key: string, work: (scope: Scope) => Promise<T>, at: Date = NOW): Promise<T> {
    return inTenant({ tenantId: this.tenantId, actor: this.actor(key), clock: fixedClock(at) }, work);
  }

  bySystem<T>(work: (scope: Scope) => Promise<T>, at: Date = NOW): Promise<T> {
    return inTenant({ tenantId: this.tenantId, actor: SYSTEM, clock: fixedClock(at) }, work);
  }

  /** Puts a mail where the pull puts it: blob first, then the pending row. Returns the row's id. */
  async store(mail: WrittenMail | Buffer, arrival: Arrival = {}): Promise<string> {
    const key = arrival.mailbox ?? 'shop';
    const raw = Buffer.isBuffer(mail) ? mail : rawMail({ to: this.address(key), ...mail });
    const { sha256 } = await putBlob(this.tenantId, raw);
    const id = newId();
    uid += 1;
    await owner.inboundMail.create({
      data: {
        ...{ tenantId: this.tenantId, id, accountId: this.accounts[key] ?? '', mailboxId: this.mailbox(key) },
        ...{ folder: arrival.folder === 'sent' ? 'Sent' : 'INBOX', folderRole: arrival.folder ?? 'inbox' },
        ...{ uidValidity: 1n, uid: BigInt(uid), sha256, size: BigInt(arrival.tooLarge ?? raw.length) },
        ...{ internalDate: arrival.at ?? NOW, fetchedAt: new Date(), imported: arrival.imported ?? false },
      },
    });
    return id;
  }

  /** Receives what is pending in a 窓口, at business time `at`. */
  receive(mailbox = 'shop', at: Date = days(400)): Promise<number> {
    return receiveMail(this.tenantId, this.mailbox(mailbox), { clock: fixedClock(at) });
  }

  /** Stores a mail, receives it, and says what became of its row. */
  async arrive(mail: WrittenMail | Buffer, arrival: Arrival = {}): Promise<Arrived> {
    const id = await this.store(mail, arrival);
    await this.receive(arrival.mailbox);
    return this.outcome(id);
  }

  /** What became of a stored mail. */
  async outcome(inboundId: string): Promise<Arrived> {
    const row = await owner.inboundMail.findUniqueOrThrow({
      where: { tenantId_id: { tenantId: this.tenantId, id: inboundId } },
      include: { message: true },
    });
    const { state, reason, messageId, message } = row;
    return { state, reason, messageId: messageId ?? '', conversationId: message?.conversationId ?? '' };
  }

  conversation(id: string) {
    return owner.conversation.findUniqueOrThrow({ where: { tenantId_id: { tenantId: this.tenantId, id } } });
  }

  /** The history in record order. */
  events(conversationId: string) {
    return owner.conversationEvent.findMany({
      where: { tenantId: this.tenantId, conversationId },
      orderBy: { seq: 'asc' },
    });
  }

  async eventTypes(conversationId: string): Promise<string[]> {
    return (await this.events(conversationId)).map((event) => event.type);
  }

  async found(wanted: Wanted): Promise<this> {
    const mailboxes = wanted.mailboxes ?? ['shop'];
    const members: NonNullable<Wanted['members']> = wanted.members ?? { aoki: {} };
    const people = Object.entries(members).map(([key, { roles = AGENT, sees = mailboxes }]) => {
      this.#roles[key] = roles;
      return { key, name: key, email: `${key}@${this.slug}.example`, roles, groups: sees };
    });
    // Known already, so that founding doesn't spend its time on argon2.
    await owner.person.createMany({
      data: people.map(({ name, email }) => ({ id: newId(), name, email, passwordHash: 'none' })),
    });
    const founded = await foundTenant(owner, {
      ...{ slug: this.slug, name: this.slug, password: 'not used', undoSeconds: wanted.undoSeconds ?? 0 },
      members: people,
      groups: mailboxes.map((key) => ({ key, name: key, mailboxes: [key] })),
      mailboxes: mailboxes.map((key) => ({ key, name: key, address: this.address(key) })),
    });
    Object.assign(this, founded);
    for (const key of mailboxes) {
      this.accounts[key] = await foundAccount(owner, {
        ...{ tenantId: this.tenantId, mailboxId: this.mailbox(key), address: this.address(key), password: 'pw' },
        ...{ imap: { host: '127.0.0.1', port: 1 }, smtp: { host: '127.0.0.1', port: wanted.smtpPort ?? 1 } },
      });
    }
    return this;
  }
}

export type Arrived = { state: string; reason: string | null; messageId: string; conversationId: string };

/** Founds a company for one test. */
export const company = (wanted: Wanted = {}): Promise<Company> => new Company().found(wanted);

/** What a verb was refused with: `Code: reason`, or "done". */
export const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: Error) => error.message,
  );
