import type { Cancel, Clock } from '../ports/clock.ts';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, run): Cancel {
    const timer = setTimeout(run, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
  sleep: (delayMs) =>
    new Promise((resolve) => {
      setTimeout(resolve, Math.max(0, delayMs));
    }),
};
