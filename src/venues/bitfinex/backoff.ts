import type { Random } from '../../ports/clock.ts';

export interface BackoffRange {
  readonly baseMs: number;
  readonly maxMs: number;
}

/**
 * How long to wait after the `failures`-th failure in a row (from 1): doubling from `baseMs`,
 * capped at `maxMs`, the upper half of it by chance so that many clients do not come back together.
 */
export function backoffMs(
  failures: number,
  { baseMs, maxMs }: BackoffRange,
  random: Random,
): number {
  // 2^30 base steps exceed every cap in use; the bound keeps the power finite.
  const full = Math.min(maxMs, baseMs * 2 ** Math.min(30, Math.max(0, failures - 1)));
  return full / 2 + (full / 2) * random();
}
