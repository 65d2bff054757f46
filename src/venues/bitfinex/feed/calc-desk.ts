/**
 * Asks the venue to compute what it left null. Its limit is 8 calculations a second and 30 a batch;
 * we ask for each item at most once in five seconds and send at most four batches a second.
 */
import { SECOND_MS } from '../../../core/time.ts';
import type { Clock } from '../../../ports/clock.ts';
import { SlidingWindow } from '../limits.ts';

const ITEM_EVERY_MS = 5 * SECOND_MS;
const REQUESTS_PER_SECOND = 4;
const ITEMS_MAX = 500;

export class CalcDesk {
  readonly #clock: Clock;
  readonly #send: (text: string) => boolean;
  readonly #askedMs = new Map<string, number>();
  readonly #window = new SlidingWindow(REQUESTS_PER_SECOND, SECOND_MS);

  constructor(clock: Clock, send: (text: string) => boolean) {
    this.#clock = clock;
    this.#send = send;
  }

  /** `item` such as `position_tBTCF0:USTF0`. Asked again too soon it does nothing. */
  ask(item: string): void {
    const nowMs = this.#clock.monotonicMs();
    const askedMs = this.#askedMs.get(item) ?? Number.NEGATIVE_INFINITY;
    if (nowMs - askedMs < ITEM_EVERY_MS || this.#window.take(nowMs) > 0) return;
    if (this.#askedMs.size >= ITEMS_MAX) this.#askedMs.clear();
    this.#askedMs.set(item, nowMs);
    this.#send(JSON.stringify([0, 'calc', null, [[item]]]));
  }
}
