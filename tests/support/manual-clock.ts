import type { Cancel, Clock } from '../../src/ports/clock.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that moves only when a test says so. */
export class ManualClock implements Clock {
  #wall: number;
  #elapsed = 0;
  #order = 0;
  readonly #timers = new Set<Timer>();

  constructor(startAt = Date.UTC(2026, 0, 5, 12)) {
    this.#wall = startAt;
  }

  now(): number {
    return this.#wall;
  }

  monotonicMs(): number {
    return this.#elapsed;
  }

  after(delayMs: number, run: () => void): Cancel {
    this.#order += 1;
    const timer = { at: this.#elapsed + Math.max(0, delayMs), order: this.#order, run };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.after(delayMs, resolve));
  }

  /** Moves time on, running timers in order and letting promises settle between them. */
  async advance(ms: number): Promise<void> {
    const until = this.#elapsed + ms;
    await settle();
    for (let next = this.#nextBefore(until); next; next = this.#nextBefore(until)) {
      this.#timers.delete(next);
      this.#wall += next.at - this.#elapsed;
      this.#elapsed = next.at;
      next.run();
      await settle();
    }
    this.#wall += until - this.#elapsed;
    this.#elapsed = until;
    await settle();
  }

  /** Sets the wall clock, also backwards; elapsed time is not affected. */
  setWall(at: number): void {
    this.#wall = at;
  }

  #nextBefore(until: number): Timer | undefined {
    return [...this.#timers]
      .filter((timer) => timer.at <= until)
      .sort((a, b) => a.at - b.at || a.order - b.order)[0];
  }
}

/** Lets everything run that does not wait for time. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setImmediate(resolve));
}
