import type { Decimal } from '../core/decimal.ts';
import type { Mark } from '../core/position.ts';

export interface KnownMark {
  readonly price: Decimal;
  /** The venue's time of the price; older ones are ignored. */
  readonly venueAt: number;
  /** When we received it, on the clock that never steps: what its age is counted from. */
  readonly receivedAt: number;
  /** How far the venue's stamp was ahead of our wall clock, in ms; negative when behind. */
  readonly aheadMs: number;
}

/** One moment on both clocks: ages need one that never steps, stamps of the venue the other. */
export interface Moment {
  readonly elapsedMs: number;
  readonly wallAt: number;
}

export function knownMark({ price, at }: Mark, now: Moment): KnownMark {
  return { price, venueAt: at, receivedAt: now.elapsedMs, aheadMs: at - now.wallAt };
}
