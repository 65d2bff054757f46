/**
 * The outbox: a lane per chat, patient with floods and outages, never waited for. What must not be
 * lost is on disk before its first attempt; after a restart the lanes go on where they were.
 *
 *   push → queue of the chat → disk → attempt → outcome known? → off the disk
 *                                        └─ unknown: find it, or send again
 */
import type { Api } from 'grammy';
import type { Cancel, Clock, Random } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Document } from '../../ports/store.ts';
import { classifyFailure, describeFailure, isOutcomeUnknown } from '../api/failure.ts';
import { backoffMs } from '../polling/backoff.ts';
import type { View } from '../views/view.ts';
import { within } from '../within.ts';
import { ChatQueue, type Waiting } from './chat-queue.ts';
import { type Delivery, type Outbox, type OutboxHealth, PRIORITIES } from './delivery.ts';
import { findAttempt } from './find-attempt.ts';
import { FloodGate } from './flood-gate.ts';
import { freshItem, keep, restoredItem, toKept } from './items.ts';
import { MessageIds } from './message-ids.ts';
import {
  type Attempt,
  DOUBTS_MAX,
  type Doubt,
  KEPT_MAX,
  type OutboxState,
} from './outbox-state.ts';
import { paged } from './paging.ts';
import { type Sender, sendView } from './send.ts';
import { Shelf } from './shelf.ts';

export interface OutboxDeps {
  readonly api: Api;
  readonly document: Document<OutboxState>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly draw: Sender['draw'];
  readonly onUnreachable: (chatId: number) => void;
  /** Asked for what a restart left over: access may have been taken away since. */
  readonly mayReceive: (chatId: number) => boolean;
  readonly onBound: (nonces: readonly string[], messageId: number) => void;
  readonly onKeyed: (key: string, chatId: number, messageId: number) => void;
  /** Puts the age in front of what comes late, in the language of the chat. */
  readonly markLate: (chatId: number, view: View, ageMs: number) => View;
  /** Tells a chat that some messages had to go. */
  readonly droppedView: (chatId: number, count: number) => View;
}

const CHATS_MAX = 1000;
const LOOK_AGAIN_MS = 60_000;
const DOUBTS_MAX_PER_CHAT = 20;

interface Lane {
  readonly chatId: number;
  readonly queue: ChatQueue;
  doubts: Doubt[];
  work: Promise<void> | null;
  /** Until the chat can be reached again. */
  isParked: boolean;
  dropped: number;
  /** Ends a wait for an outage, which an urgent message does not have to sit out. */
  hurry: (() => void) | null;
}

type Verdict = 'done' | 'lost' | 'again' | 'unreachable' | { readonly waitMs: number };

export class DurableOutbox implements Outbox {
  readonly #deps: OutboxDeps;
  readonly #lanes = new Map<number, Lane>();
  readonly #waits = new Set<{ readonly cancel: Cancel; readonly wake: () => void }>();
  readonly #gate: FloodGate;
  readonly #ids: MessageIds;
  readonly #shelf: Shelf;
  readonly #sender: Sender;
  #state: 'held' | 'open' | 'closed' = 'held';
  #delivered = 0;
  #lost = 0;
  #clarified = 0;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
    const { kept, doubts, knownIds } = deps.document.read();
    this.#gate = new FloodGate(deps.clock);
    this.#ids = new MessageIds(knownIds);
    this.#shelf = new Shelf(deps.document, deps.log, () => this.#snapshot());
    this.#sender = {
      api: deps.api,
      ids: this.#ids,
      beforeAttempt: (item) => this.#beforeAttempt(item),
      draw: deps.draw,
    };
    for (const doubt of doubts) this.#lane(doubt.chatId).doubts.push(doubt);
    for (const record of kept) {
      if (deps.mayReceive(record.chatId)) this.#add(restoredItem(record));
    }
  }

  /** What was pushed before this waits for it. */
  start(): void {
    this.#state = 'open';
    for (const lane of this.#lanes.values()) this.#kick(lane);
  }

  push(delivery: Delivery): void {
    let item: Waiting;
    try {
      const lane = this.#lanes.get(delivery.chatId);
      item = freshItem(delivery, this.#state === 'open' && !lane?.work);
    } catch (error) {
      this.#lost += 1;
      this.#deps.log.error(describeFailure(error), 'message not composed');
      return;
    }
    if (item.snapshot) this.#shelf.touch();
    this.#add(item);
  }

  saw(chatId: number, messageId: number): void {
    this.#ids.saw(chatId, messageId);
  }

  reopen(chatId: number): void {
    const lane = this.#lanes.get(chatId);
    if (!lane?.isParked) return;
    lane.isParked = false;
    this.#kick(lane);
  }

  health(): OutboxHealth {
    const counts = { waiting: 0, parked: 0 };
    for (const { queue, isParked } of this.#lanes.values()) {
      counts[isParked ? 'parked' : 'waiting'] += queue.size;
    }
    const outcomes = { delivered: this.#delivered, lost: this.#lost, clarified: this.#clarified };
    return { ...counts, ...outcomes };
  }

  /** Lets out what waits, at most this long; the rest goes out after the next start. */
  async close(limitMs: number): Promise<void> {
    const works = [...this.#lanes.values()].map(({ work }) => work);
    await within(this.#deps.clock, limitMs, Promise.all(works));
    this.#state = 'closed';
    for (const wait of [...this.#waits]) {
      wait.cancel();
      wait.wake();
    }
    await within(this.#deps.clock, limitMs, this.#shelf.flush());
  }

  #add(item: Waiting): void {
    const { chatId, priority } = item.delivery;
    const known = this.#lanes.get(chatId);
    if (this.#state === 'closed' || (!known && this.#lanes.size >= CHATS_MAX)) {
      this.#lost += 1;
      return;
    }
    const lane = this.#lane(chatId);
    const pushedOut = lane.queue.add(item);
    if (pushedOut && pushedOut.delivery.priority !== 'status') {
      this.#lost += 1;
      lane.dropped += 1;
      this.#deps.log.error({ chatId }, 'too much waits for this chat, the least urgent dropped');
    }
    if (priority === 'critical') lane.hurry?.();
    this.#kick(lane);
  }

  #lane(chatId: number): Lane {
    const fresh = { queue: new ChatQueue(), doubts: [], work: null, hurry: null };
    const lane = this.#lanes.get(chatId) ?? { chatId, ...fresh, isParked: false, dropped: 0 };
    this.#lanes.set(chatId, lane);
    return lane;
  }

  #kick(lane: Lane): void {
    if (this.#state !== 'open' || lane.work !== null || lane.isParked) return;
    lane.work = this.#work(lane).finally(() => {
      lane.work = null;
      const isEmpty = lane.queue.size === 0 && lane.doubts.length === 0;
      if (isEmpty && !lane.isParked) this.#lanes.delete(lane.chatId);
      else if (lane.queue.size > 0) this.#kick(lane);
      else if (lane.doubts.length > 0) this.#lookLater(lane);
    });
  }

  async #work(lane: Lane): Promise<void> {
    const { chatId, queue } = lane;
    await this.#lookAgain(lane);
    for (let item = queue.next(); item; item = queue.next() ?? this.#apology(lane)) {
      if (this.#state !== 'open') return;
      const rank = PRIORITIES.indexOf(item.delivery.priority);
      const floodMs = this.#gate.waitMs(chatId, rank);
      if (floodMs > 0) {
        await this.#wait(floodMs);
        continue;
      }
      const verdict = await this.#try(item, queue);
      if (typeof verdict === 'object') {
        await this.#wait(verdict.waitMs, lane);
      } else if (verdict === 'unreachable') {
        lane.isParked = true;
        this.#deps.onUnreachable(chatId);
        return;
      } else if (verdict !== 'again') {
        queue.remove(item);
        if (item.snapshot) this.#shelf.touch();
      }
    }
  }

  async #try(item: Waiting, queue: ChatQueue): Promise<Verdict> {
    try {
      await this.#clarify(item);
    } catch (error) {
      return this.#judge(item, error);
    }
    // An attempt that came to nothing gives way to what is more urgent.
    if (queue.next() !== item) return 'again';
    try {
      const view = item.started?.view ?? this.#compose(item);
      if (view === null || view.pages.length === 0) return 'done';
      const isOut = item.started?.pages === view.pages.length;
      if (!isOut) this.#sent(item, await sendView(this.#sender, item, view));
      return 'done';
    } catch (error) {
      if (!isOutcomeUnknown(error)) item.attempt = null;
      return this.#judge(item, error);
    }
  }

  /** What became of the last attempt decides whether its page is still to be sent. */
  async #clarify(item: Waiting): Promise<void> {
    const { attempt, started, delivery } = item;
    if (!attempt || !started) return;
    const sender = { ids: this.#ids, api: delivery.via ?? this.#deps.api };
    const found = await findAttempt(sender, delivery.chatId, attempt);
    this.#clarified += 1;
    item.attempt = null;
    if (found) {
      this.#ids.saw(delivery.chatId, found.id);
      started.pages = attempt.page + 1;
      if (started.pages === started.view.pages.length) this.#sent(item, found.id);
    } else if (started.pages === 0) {
      // Nothing of it is out: this try shows the state of now.
      item.started = null;
    }
    if (!found?.isCertain && !delivery.via) this.#doubt(delivery.chatId, attempt);
  }

  #doubt(chatId: number, attempt: Attempt): void {
    const { doubts } = this.#lane(chatId);
    doubts.push({ chatId, dueAt: this.#deps.clock.now() + LOOK_AGAIN_MS, attempt });
    if (doubts.length > DOUBTS_MAX_PER_CHAT) doubts.shift();
  }

  #lookLater(lane: Lane): void {
    const dueAt = Math.min(...lane.doubts.map((doubt) => doubt.dueAt));
    const delayMs = Math.min(LOOK_AGAIN_MS, Math.max(1, dueAt - this.#deps.clock.now()));
    void this.#wait(delayMs).then(() => this.#kick(lane));
  }

  /**
   * A request that Telegram was slow to take may have its effect after it was looked for in vain
   * and sent again: then the copy goes. Done in the lane, where no other attempt is under way.
   */
  async #lookAgain(lane: Lane): Promise<void> {
    const { api, clock, log } = this.#deps;
    const { chatId } = lane;
    for (const doubt of lane.doubts.filter(({ dueAt }) => dueAt <= clock.now())) {
      try {
        const copy = await findAttempt({ api, ids: this.#ids }, chatId, doubt.attempt);
        if (copy) await api.deleteMessage(chatId, copy.id);
        lane.doubts = lane.doubts.filter((other) => other !== doubt);
        this.#shelf.touch();
      } catch (error) {
        log.warn({ chatId, ...describeFailure(error) }, 'second look not possible yet');
        lane.doubts = lane.doubts.map((other) =>
          other === doubt ? { ...doubt, dueAt: clock.now() + LOOK_AGAIN_MS } : other,
        );
        return;
      }
    }
  }

  #sent({ delivery }: Waiting, messageId: number): void {
    const { chatId, binds, key, onSent } = delivery;
    this.#delivered += 1;
    // The ids of our own messages outlive the process: what is known is never taken for a copy.
    this.#shelf.touch();
    try {
      if (binds && binds.length > 0) this.#deps.onBound(binds, messageId);
      if (key !== undefined) this.#deps.onKeyed(key, chatId, messageId);
      onSent?.(messageId);
    } catch (error) {
      // The message is out: trouble with what follows must not send it again.
      this.#deps.log.error(describeFailure(error), 'nothing followed a sent message');
    }
  }

  #compose({ delivery }: Waiting): View | null {
    const { chatId, at, edits, compose } = delivery;
    const ageMs = Math.max(0, this.#deps.clock.now() - at);
    const view = compose(ageMs);
    if (!view) return null;
    const marked = edits === undefined ? this.#deps.markLate(chatId, view, ageMs) : view;
    return { ...marked, pages: marked.pages.flatMap((page) => paged(page)) };
  }

  async #beforeAttempt(item: Waiting): Promise<void> {
    if (!item.snapshot) return;
    this.#shelf.touch();
    await this.#shelf.flush();
  }

  #judge(item: Waiting, error: unknown): Verdict {
    const { log, random } = this.#deps;
    const { chatId, threadId } = item.delivery;
    const failure = classifyFailure(error);
    item.tries += 1;
    const fields = { chatId, tries: item.tries, ...describeFailure(error) };
    // Nothing of it is out yet: the next try shows the state of then.
    if (!item.attempt && item.started?.pages === 0) item.started = null;
    if (failure.kind === 'flood' || failure.kind === 'temporary') keep(item);
    if (item.snapshot) this.#shelf.touch();
    if (failure.kind === 'flood') {
      log.warn(fields, 'told to wait by Telegram');
      this.#gate.refused(chatId, failure.waitMs);
      return 'again';
    }
    if (failure.kind === 'temporary') {
      log.warn(fields, 'message not delivered yet');
      return { waitMs: backoffMs(item.tries, random) };
    }
    if (failure.kind === 'unreachable') {
      log.warn(fields, 'chat unreachable');
      return 'unreachable';
    }
    if (threadId !== undefined) {
      log.warn(fields, 'topic refused, the general one is taken');
      item.delivery = { ...item.delivery, threadId: undefined };
      return 'again';
    }
    if (!item.isPlain) {
      log.error(fields, 'message refused, sent without markup');
      item.isPlain = true;
      return 'again';
    }
    this.#lost += 1;
    log.error(fields, 'message refused');
    return 'lost';
  }

  /** Ends early when the outbox closes, or when somebody hurries the lane. */
  #wait(delayMs: number, lane?: Lane): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waits.delete(wait);
        wait.cancel();
        if (lane) lane.hurry = null;
        resolve();
      };
      const wait = { cancel: this.#deps.clock.after(delayMs, wake), wake };
      this.#waits.add(wait);
      if (lane) lane.hurry = wake;
    });
  }

  /** Once everything else is out, the chat is told what it did not get. */
  #apology(lane: Lane): Waiting | undefined {
    const { chatId, dropped, queue } = lane;
    if (dropped === 0) return undefined;
    lane.dropped = 0;
    const at = this.#deps.clock.now();
    const compose = () => this.#deps.droppedView(chatId, dropped);
    queue.add(freshItem({ chatId, priority: 'notice', at, compose }, false));
    return queue.next();
  }

  #snapshot(): OutboxState {
    const items = [...this.#lanes.values()].flatMap(({ queue }) => queue.items);
    const kept = items.flatMap((item) => toKept(item) ?? []);
    const doubts = [...this.#lanes.values()].flatMap((lane) => lane.doubts);
    return {
      kept: kept.slice(-KEPT_MAX),
      doubts: doubts.slice(-DOUBTS_MAX),
      knownIds: this.#ids.newest(),
    };
  }
}
