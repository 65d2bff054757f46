import type { Cancel, Clock } from '../../ports/clock.ts';

/** Waits that end early when the client closes, so that closing leaves no timer behind. */
export class Sleeper {
  readonly #clock: Clock;
  readonly #waiting = new Set<() => void>();
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Resolves after the delay, or at once when closed: look at `isClosed` afterwards. */
  sleep(delayMs: number): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      let cancel: Cancel = () => undefined;
      const wake = (): void => {
        this.#waiting.delete(wake);
        cancel();
        resolve();
      };
      this.#waiting.add(wake);
      cancel = this.#clock.after(delayMs, wake);
    });
  }

  close(): void {
    this.#closed = true;
    for (const wake of [...this.#waiting]) wake();
  }
}
