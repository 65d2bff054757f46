import type { Cancel, Clock } from '../../../src/ports/clock.ts';

interface Timer {
  readonly dueMs: number;
  readonly delayMs: number;
  readonly run: () => void;
}

const START_AT = Date.UTC(2026, 10, 21, 12);

/**
 * Time that stands still until told. Timers of at most `skipUpToMs` fire by themselves, as soon as
 * pending input and output had a chance, and move the time: back-off without waiting for it.
 */
export class FakeClock implements Clock {
  readonly #timers = new Set<Timer>();
  readonly #skipUpToMs: number;
  #elapsedMs = 0;
  #wallAt = START_AT;
  readonly skippedMs: number[] = [];

  constructor({ skipUpToMs = -1, startAt = START_AT } = {}) {
    this.#skipUpToMs = skipUpToMs;
    this.#wallAt = startAt;
  }

  now(): number {
    return this.#wallAt;
  }

  monotonicMs(): number {
    return this.#elapsedMs;
  }

  after(delayMs: number, run: () => void): Cancel {
    const timer = { dueMs: this.#elapsedMs + delayMs, delayMs, run };
    this.#timers.add(timer);
    if (delayMs <= this.#skipUpToMs) setImmediate(() => this.#skip(timer));
    return () => this.#timers.delete(timer);
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(delayMs, resolve);
    });
  }

  /** The wall clock jumps, as when it is set by hand; monotonic time does not. */
  stepWall(byMs: number): void {
    this.#wallAt += byMs;
  }

  /** Fires every timer that falls due on the way, in order. */
  advance(byMs: number): void {
    const endMs = this.#elapsedMs + byMs;
    for (;;) {
      const due = [...this.#timers]
        .filter((timer) => timer.dueMs <= endMs)
        .sort((a, b) => a.dueMs - b.dueMs)[0];
      if (!due) break;
      this.#moveTo(Math.max(due.dueMs, this.#elapsedMs));
      this.#timers.delete(due);
      due.run();
    }
    this.#moveTo(endMs);
  }

  /** Delays of the timers that are pending. */
  pendingMs(): number[] {
    return [...this.#timers].map(({ delayMs }) => delayMs);
  }

  #skip(timer: Timer): void {
    if (!this.#timers.delete(timer)) return;
    this.skippedMs.push(timer.delayMs);
    this.#moveTo(Math.max(timer.dueMs, this.#elapsedMs));
    timer.run();
  }

  #moveTo(elapsedMs: number): void {
    this.#wallAt += elapsedMs - this.#elapsedMs;
    this.#elapsedMs = elapsedMs;
  }
}
