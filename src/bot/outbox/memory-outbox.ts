/** The outbox in memory: a lane per chat, patient with floods and outages, never waited for. */
import type { Api } from 'grammy';
import type { Cancel, Clock, Random } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import { classifyFailure, describeFailure } from '../api/failure.ts';
import { backoffMs } from '../polling/backoff.ts';
import { within } from '../within.ts';
import { ChatQueue, type Waiting } from './chat-queue.ts';
import type { Delivery, Outbox, OutboxHealth } from './delivery.ts';
import { sendView } from './send.ts';

export interface OutboxDeps {
  readonly api: Api;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly onUnreachable: (chatId: number) => void;
}

const FLOOD_WAIT_MS_MAX = 10 * 60_000;
const CHATS_MAX = 1000;

interface Lane {
  readonly queue: ChatQueue;
  work: Promise<void> | null;
}

type Verdict = 'done' | 'lost' | 'unreachable' | { readonly waitMs: number };

export class MemoryOutbox implements Outbox {
  readonly #deps: OutboxDeps;
  readonly #lanes = new Map<number, Lane>();
  readonly #waits = new Set<{ readonly cancel: Cancel; readonly wake: () => void }>();
  #state: 'held' | 'open' | 'closed' = 'held';
  #delivered = 0;
  #lost = 0;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
  }

  /** What was pushed before this waits for it. */
  start(): void {
    this.#state = 'open';
    for (const [chatId, lane] of this.#lanes) this.#kick(chatId, lane);
  }

  push(delivery: Delivery): void {
    const { chatId } = delivery;
    const known = this.#lanes.get(chatId);
    if (this.#state === 'closed' || (!known && this.#lanes.size >= CHATS_MAX)) {
      this.#lost += 1;
      return;
    }
    const lane = known ?? { queue: new ChatQueue(), work: null };
    this.#lanes.set(chatId, lane);
    if (lane.queue.add(delivery)) {
      this.#lost += 1;
      this.#deps.log.error({ chatId }, 'too much waits for this chat, the least urgent dropped');
    }
    this.#kick(chatId, lane);
  }

  health(): OutboxHealth {
    let waiting = 0;
    for (const { queue } of this.#lanes.values()) waiting += queue.size;
    return { waiting, delivered: this.#delivered, lost: this.#lost };
  }

  /** Lets out what waits, at most this long, then takes nothing more. */
  async close(limitMs: number): Promise<void> {
    const works = [...this.#lanes.values()].map(({ work }) => work);
    await within(this.#deps.clock, limitMs, Promise.all(works));
    this.#state = 'closed';
    for (const { queue } of this.#lanes.values()) this.#lost += queue.clear();
    for (const wait of [...this.#waits]) {
      wait.cancel();
      wait.wake();
    }
  }

  #kick(chatId: number, lane: Lane): void {
    if (this.#state !== 'open' || lane.work !== null) return;
    lane.work = this.#work(chatId, lane).finally(() => {
      lane.work = null;
      if (lane.queue.size === 0) this.#lanes.delete(chatId);
      else this.#kick(chatId, lane);
    });
  }

  async #work(chatId: number, lane: Lane): Promise<void> {
    for (let item = lane.queue.next(); item; item = lane.queue.next()) {
      const verdict = await this.#try(item);
      if (typeof verdict === 'object') {
        await this.#wait(verdict.waitMs);
        continue;
      }
      lane.queue.remove(item);
      if (verdict === 'unreachable') {
        this.#deps.onUnreachable(chatId);
        lane.queue.clear();
      }
    }
  }

  async #try(item: Waiting): Promise<Verdict> {
    const { delivery } = item;
    try {
      const ageMs = Math.max(0, this.#deps.clock.now() - delivery.at);
      const view = item.started?.view ?? delivery.compose(ageMs);
      if (view === null || view.pages.length === 0) return 'done';
      const messageId = await sendView(delivery.via ?? this.#deps.api, item, view);
      this.#delivered += 1;
      delivery.onSent?.(messageId);
      return 'done';
    } catch (error) {
      return this.#judge(item, error);
    }
  }

  #judge(item: Waiting, error: unknown): Verdict {
    const { log, random } = this.#deps;
    const failure = classifyFailure(error);
    item.tries += 1;
    const fields = { chatId: item.delivery.chatId, tries: item.tries, ...describeFailure(error) };
    // Nothing of it is out yet: the next try shows the state of then.
    if (item.started?.pages === 0) item.started = null;
    if (failure.kind === 'flood') {
      log.warn(fields, 'told to wait by Telegram');
      return { waitMs: Math.min(failure.waitMs, FLOOD_WAIT_MS_MAX) };
    }
    if (failure.kind === 'temporary') {
      log.warn(fields, 'message not delivered yet');
      return { waitMs: backoffMs(item.tries, random) };
    }
    this.#lost += 1;
    if (failure.kind === 'unreachable') {
      log.warn(fields, 'chat unreachable');
      return 'unreachable';
    }
    log.error(fields, 'message refused');
    return 'lost';
  }

  /** Ends early when the outbox closes. */
  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waits.delete(wait);
        resolve();
      };
      const wait = { cancel: this.#deps.clock.after(delayMs, wake), wake };
      this.#waits.add(wait);
    });
  }
}
