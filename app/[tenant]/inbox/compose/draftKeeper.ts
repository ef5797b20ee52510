import { fetchJson } from '#components/net/fetchJson.ts';
import { newId } from '#components/net/newId.ts';
import { Refused } from '#components/net/problem.ts';
import type { ConversationShape, DraftShape, Problem } from '#lib/conversations/shapes.ts';
import { api } from '../queries/keys.ts';
import { type DraftFields, forgetLocal, type LocalDraft, sameWords, writeLocal } from './localDraft.ts';

/** saved: the server has it. local: only this device has it (offline, session ended). elsewhere: another device is ahead. */
export type SaveState = 'idle' | 'waiting' | 'saving' | 'saved' | 'local' | 'elsewhere' | 'refused';
export type KeeperView = { draft: LocalDraft; state: SaveState; problem: Problem | null; other: DraftShape | null };

const PAUSE = 1000;
const AGAIN = 8000;

/**
 * Keeps one draft: every change at once on this device, one second after the last key on the server. One save at a time,
 * each on the version the last one brought; nothing is overwritten that another device wrote (409 draftElsewhere).
 */
export class DraftKeeper {
  view: KeeperView;
  readonly #slug: string;
  readonly #id: string;
  readonly #member: string;
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #over = false;
  #signedOut = false;
  #keptHere = true;

  constructor(slug: string, id: string, member: string, draft: LocalDraft, other: DraftShape | null) {
    this.#slug = slug;
    this.#id = id;
    this.#member = member;
    this.view = { draft, state: draft.savedAt && draft.synced ? 'saved' : 'idle', problem: null, other };
  }

  /** Words that only this device had go up. */
  begin(): void {
    if (!this.view.draft.synced) this.#soon(0);
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  snapshot = (): KeeperView => this.view;
  get keptHere(): boolean {
    return this.#keptHere;
  }

  /** A key was pressed, an address added. */
  change(fields: Partial<DraftFields>): void {
    this.#keep({ ...this.view.draft, ...fields, synced: false });
    const elsewhere = this.view.state === 'elsewhere';
    this.#show({ state: elsewhere ? 'elsewhere' : this.#signedOut ? 'local' : 'waiting' });
    if (!elsewhere && !this.#signedOut) this.#soon(PAUSE);
  }

  /** The writer has looked at what was added since. */
  seen(contentSeq: number): void {
    if (contentSeq <= this.view.draft.seenContentSeq) return;
    this.#keep({ ...this.view.draft, seenContentSeq: contentSeq });
    this.#show({});
  }

  /** These words are another mail than the one that was handed over under the old id. */
  anew(): void {
    this.#keep({ ...this.view.draft, clientId: newId(), synced: false });
    this.#show({});
  }

  /** Saves what isn't saved yet; awaits a save that runs. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#running;
    if (!this.view.draft.synced && !this.#over && this.view.state !== 'elsewhere') await this.#save();
  }

  /** The page goes away: one last try that outlives it. The device has the words anyway. */
  flushNow(): void {
    clearTimeout(this.#timer);
    if (this.view.draft.synced || this.#over || this.#signedOut || this.view.state === 'elsewhere') return;
    void this.#put(true).catch(() => {});
  }

  /** Back on the line, and known to be the same person as before: another one's drafts are not ours to write. */
  retry(): void {
    this.#signedOut = false;
    if (this.view.state === 'local') this.#soon(0);
  }
  get signedOut(): boolean {
    return this.#signedOut;
  }

  /** Stops saving before the mail is handed over: a late save must not leave a draft behind. */
  async halt(): Promise<void> {
    this.#over = true;
    clearTimeout(this.#timer);
    await this.#running;
  }
  goOn(): void {
    this.#over = false;
    if (!this.view.draft.synced) this.#soon(PAUSE);
  }

  /** Sent or thrown away: nothing may remain on this device. */
  forget(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    forgetLocal(this.#slug, this.#id, this.#member);
  }

  async discard(): Promise<void> {
    await this.halt();
    await fetchJson(this.#path(), { method: 'DELETE' });
    this.forget();
  }

  /** Another device was ahead: take its words, or put these in their place. */
  take(): void {
    const { other } = this.view;
    if (!other) return;
    this.#keep({ ...other, savedAt: other.updatedAt, synced: true });
    this.#show({ state: 'saved', other: null });
  }
  overwrite(): void {
    this.#keep({ ...this.view.draft, version: this.view.other?.version ?? 0, synced: false });
    this.#show({ state: 'waiting', other: null });
    this.#soon(0);
  }

  #soon(pause: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), pause);
  }

  #save(): Promise<void> {
    if (this.#over || this.#signedOut) return Promise.resolve();
    this.#running ??= this.#saveOnce().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #saveOnce(): Promise<void> {
    const sent = this.view.draft;
    this.#show({ state: 'saving', problem: null });
    try {
      const saved = await this.#put(false);
      const synced = sameWords(sent, this.view.draft);
      this.#keep({ ...this.view.draft, version: saved.version, savedAt: saved.updatedAt, synced });
      this.#show({ state: synced ? 'saved' : 'waiting' });
      if (!synced) this.#soon(PAUSE);
    } catch (error) {
      await this.#refused(error, sent);
    }
  }

  #put(keepalive: boolean): Promise<{ version: number; updatedAt: string }> {
    const { clientId, to, cc, subject, text, charset, seenContentSeq, version } = this.view.draft;
    const body = { clientId, to, cc, subject, text, charset, seenContentSeq, version };
    return fetchJson(this.#path(), { method: 'PUT', body, keepalive });
  }

  async #refused(error: unknown, sent: LocalDraft): Promise<void> {
    const problem = error instanceof Refused ? error.problem : null;
    if (problem?.reason === 'draftElsewhere') return this.#compare(sent);
    const passing = !(error instanceof Refused) || error.status === 0 || error.status === 401 || error.status >= 500;
    if (!passing) return this.#show({ state: 'refused', problem });
    this.#signedOut = error instanceof Refused && error.status === 401;
    this.#show({ state: 'local', problem });
    if (!this.#signedOut) this.#soon(AGAIN);
  }

  // A save whose answer got lost looks like another device: the words tell.
  async #compare(sent: LocalDraft): Promise<void> {
    try {
      const fresh = await fetchJson<ConversationShape>(api(this.#slug, `conversations/${this.#id}`));
      const other = fresh.draft;
      if (!other || sameWords(other, sent)) {
        this.#keep({ ...this.view.draft, version: other?.version ?? 0 });
        this.#show({ state: 'waiting' });
        this.#soon(other ? PAUSE : 0);
        return;
      }
      this.#show({ state: 'elsewhere', other });
    } catch {
      this.#show({ state: 'local' });
      this.#soon(AGAIN);
    }
  }

  #keep(draft: LocalDraft): void {
    this.view = { ...this.view, draft };
    this.#keptHere = writeLocal(this.#slug, this.#id, this.#member, draft);
  }
  #show(change: Partial<KeeperView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.#listeners) listener();
  }
  #path(): string {
    return api(this.#slug, `conversations/${this.#id}/draft`);
  }
}
