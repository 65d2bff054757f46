import type { Cancel, Clock } from '../ports/clock.ts';

/** A longer timer would fire at once. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, run): Cancel {
    const dueAt = performance.now() + delayMs;
    let timer = setTimeout(wake, timerMs(delayMs));
    function wake(): void {
      const leftMs = dueAt - performance.now();
      // A timer may fire a fraction early; that is not worth a second one.
      if (leftMs >= 1) timer = setTimeout(wake, timerMs(leftMs));
      else run();
    }
    return () => clearTimeout(timer);
  },
  sleep: (delayMs) =>
    new Promise((resolve) => {
      systemClock.after(delayMs, resolve);
    }),
};

function timerMs(delayMs: number): number {
  return Math.min(Math.max(0, delayMs), TIMER_MAX_MS);
}
