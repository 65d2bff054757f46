import { SECOND_MS } from '../../../core/time.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { FeedChannel, FeedEvent } from '../../../ports/feed.ts';
import type { Logger } from '../../../ports/logger.ts';
import { SlidingWindow } from '../limits.ts';

const EVENTS_MAX = 20;
const WINDOW_MS = 10 * SECOND_MS;

/**
 * Counts unreadable frames and reports them, at most 20 in ten seconds: a stream of garbage must
 * not become a stream of work for everybody else.
 */
export class BadFrames {
  readonly #channel: FeedChannel;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #emit: (event: FeedEvent) => void;
  readonly #window = new SlidingWindow(EVENTS_MAX, WINDOW_MS);
  #count = 0;

  constructor(channel: FeedChannel, clock: Clock, log: Logger, emit: (event: FeedEvent) => void) {
    this.#channel = channel;
    this.#clock = clock;
    this.#log = log;
    this.#emit = emit;
  }

  report(reason: string): void {
    this.#count += 1;
    if (this.#window.take(this.#clock.monotonicMs()) > 0) return;
    const fields = { channel: this.#channel, reason, count: this.#count };
    this.#log.debug(fields, 'unreadable frame');
    this.#emit({ type: 'bad_frame', channel: this.#channel, reason });
  }
}
