/** Stops a timer; stopping twice is harmless. */
export type Cancel = () => void;

/** The only source of time, so that tests and simulations can bring their own. */
export interface Clock {
  /** Wall time, ms since 1970 UTC. May step back. */
  now(): number;
  /** Ms since an arbitrary start; never steps back. For deadlines and durations. */
  monotonicMs(): number;
  after(delayMs: number, run: () => void): Cancel;
  sleep(delayMs: number): Promise<void>;
}

/**
 * Recurring work. A run that is still going when the next is due makes that next one be skipped.
 */
export interface Schedule {
  everySeconds(seconds: number, run: () => Promise<void>): Cancel;
  /** `time` is HH:MM in UTC. */
  dailyAt(time: string, run: () => Promise<void>): Cancel;
}

/** Randomness in [0, 1); injected for the same reason as time. */
export type Random = () => number;
