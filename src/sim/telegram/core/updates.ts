/** The update queue behind `getUpdates`: kept until confirmed, one waiter at a time. */
import type { Update } from '@grammyjs/types';
import type { Cancel, Clock } from '../../../ports/clock.ts';
import { ApiRefusal, ConnectionReset } from './reply.ts';

export type UpdateKind = Exclude<keyof Update, 'update_id'>;

const PENDING_MAX = 1000;
const BATCH_MAX = 100;
const WAIT_S_MAX = 50;
/** Telegram sends these only to bots that ask for them by name. */
const ASKED_ONLY: ReadonlySet<string> = new Set([
  'chat_member',
  'message_reaction',
  'message_reaction_count',
]);

export interface PollRequest {
  readonly offset: number | undefined;
  readonly limit: number | undefined;
  readonly timeoutS: number | undefined;
  readonly allowed: readonly string[] | undefined;
}

interface Waiter {
  readonly limit: number;
  readonly answer: (updates: readonly Update[]) => void;
  readonly fail: (error: Error) => void;
  readonly cancelTimer: Cancel;
}

export class UpdateQueue {
  readonly #clock: Clock;
  #nextId: number;
  #pending: Update[] = [];
  #again: Update[] = [];
  #lastDelivered: Update | undefined;
  #allowed: ReadonlySet<string> | undefined;
  #waiter: Waiter | undefined;

  constructor(clock: Clock, firstId: number) {
    this.#clock = clock;
    this.#nextId = firstId;
  }

  /** Number of updates not yet confirmed. */
  get pendingCount(): number {
    return this.#pending.length;
  }

  get polling(): boolean {
    return this.#waiter !== undefined;
  }

  push(kind: UpdateKind, body: Omit<Update, 'update_id'>): void {
    if (!this.#wanted(kind)) return;
    this.#pending.push({ update_id: this.#nextId, ...body });
    this.#nextId += 1;
    if (this.#pending.length > PENDING_MAX) this.#pending.shift();
    this.#wake();
  }

  /** The fault "duplicate update": the last update handed out comes once more, confirmed or not. */
  repeatLast(): void {
    if (this.#lastDelivered === undefined) return;
    this.#again.push(structuredClone(this.#lastDelivered));
    this.#wake();
  }

  dropAll(): void {
    this.#pending = [];
  }

  /**
   * One `getUpdates`. A second poller ends the older one with 409.
   * @throws ApiRefusal 409 to the older poller; ConnectionReset when `signal` aborts
   */
  poll(request: PollRequest, signal?: AbortSignal): Promise<readonly Update[]> {
    if (request.allowed !== undefined) {
      this.#allowed = request.allowed.length === 0 ? undefined : new Set(request.allowed);
    }
    this.#endWaiter(
      new ApiRefusal(
        409,
        'Conflict: terminated by other getUpdates request; ' +
          'make sure that only one bot instance is running',
      ),
    );
    this.#confirm(request.offset ?? 0);
    const limit = Math.min(BATCH_MAX, Math.max(1, request.limit ?? BATCH_MAX));
    const timeoutS = Math.min(WAIT_S_MAX, Math.max(0, request.timeoutS ?? 0));
    const ready = this.#take(limit);
    if (ready.length > 0 || timeoutS === 0) return Promise.resolve(ready);
    if (signal?.aborted === true) return Promise.reject(new ConnectionReset('poller hung up'));
    return this.#wait(limit, timeoutS, signal);
  }

  #wait(limit: number, timeoutS: number, signal?: AbortSignal): Promise<readonly Update[]> {
    return new Promise((resolve, reject) => {
      const hangUp = (): void => this.#endWaiter(new ConnectionReset('poller hung up'));
      const settle = (): void => {
        this.#waiter = undefined;
        cancelTimer();
        signal?.removeEventListener('abort', hangUp);
      };
      const answer = (updates: readonly Update[]): void => {
        settle();
        resolve(updates);
      };
      const fail = (error: Error): void => {
        settle();
        reject(error);
      };
      const cancelTimer = this.#clock.after(timeoutS * 1000, () => answer([]));
      this.#waiter = { limit, answer, fail, cancelTimer };
      signal?.addEventListener('abort', hangUp);
    });
  }

  /** Ends the waiting poller, if there is one. */
  #endWaiter(error: Error): void {
    this.#waiter?.fail(error);
  }

  /** Lets the waiting poller go with nothing, as a server does that shuts down. */
  close(): void {
    this.#waiter?.answer([]);
  }

  #wanted(kind: UpdateKind): boolean {
    return this.#allowed === undefined ? !ASKED_ONLY.has(kind) : this.#allowed.has(kind);
  }

  #wake(): void {
    const waiter = this.#waiter;
    if (waiter !== undefined) waiter.answer(this.#take(waiter.limit));
  }

  /** Below the offset: forgotten. A negative offset counts from the end. */
  #confirm(offset: number): void {
    this.#pending =
      offset < 0
        ? this.#pending.slice(offset)
        : this.#pending.filter(({ update_id }) => update_id >= offset);
  }

  #take(limit: number): readonly Update[] {
    const batch = [...this.#again, ...this.#pending].slice(0, limit);
    this.#again = this.#again.slice(batch.length);
    this.#lastDelivered = batch.at(-1) ?? this.#lastDelivered;
    return structuredClone(batch);
  }
}
