/**
 * One life of the service. Once it is killed none of its timers fires and none of its requests,
 * reads or syncs is ever answered, which is what `kill -9` does to a process.
 */
import type { Cancel, Clock } from '../../ports/clock.ts';
import type { VirtualTime } from './virtual-time.ts';

/** The machine's wall clock: it may be wrong, and it may jump. Shared by all lives. */
export interface WallClock {
  readonly startAt: number;
  /** By how much it is ahead of the truth. */
  skewMs: number;
}

/** Armed again when it comes due while the host sleeps. */
interface Timer {
  cancel: Cancel;
}

export class SimProcess {
  readonly clock: Clock;
  readonly #time: VirtualTime;
  #isAlive = true;
  #suspendedUntil = 0;

  constructor(time: VirtualTime, wall: WallClock) {
    this.#time = time;
    this.clock = {
      now: () => Math.floor(wall.startAt + time.at + wall.skewMs),
      monotonicMs: () => time.at,
      after: (delayMs, run) => this.defer(delayMs, run),
      sleep: (delayMs) =>
        new Promise((resolve) => {
          this.defer(delayMs, resolve);
        }),
    };
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  get isSuspended(): boolean {
    return this.#time.at < this.#suspendedUntil;
  }

  kill(): void {
    this.#isAlive = false;
  }

  /** The host sleeps: what is due meanwhile happens when it wakes, in the order it was due. */
  suspend(ms: number): void {
    // A second one during the first does not end it early.
    this.#suspendedUntil = Math.max(this.#suspendedUntil, this.#time.at + ms);
  }

  /** Runs later, unless the process is dead by then. */
  defer(delayMs: number, run: () => void): Cancel {
    const timer: Timer = { cancel: () => undefined };
    this.#arm(timer, delayMs, run);
    return () => timer.cancel();
  }

  #arm(timer: Timer, delayMs: number, run: () => void): void {
    timer.cancel = this.#time.after(delayMs, () => {
      if (!this.#isAlive) return;
      const waitMs = this.#suspendedUntil - this.#time.at;
      if (waitMs > 0) this.#arm(timer, waitMs, run);
      else run();
    });
  }
}
