import { SECOND_MS } from '../../core/time.ts';

/**
 * How long reductions still have to pause, in ms; 0 when one may happen now. A last reduction that
 * seems to lie in the future (the clock was set back) counts as made just now.
 */
export function cooldownLeftMs(
  lastReductionAt: number | null,
  cooldownSeconds: number,
  now: number,
): number {
  if (lastReductionAt === null) return 0;
  const elapsedMs = Math.max(0, now - lastReductionAt);
  return Math.max(0, cooldownSeconds * SECOND_MS - elapsedMs);
}

/** Whether a reduction may happen now, given when the last one did (null: never). */
export function mayReduceNow(
  lastReductionAt: number | null,
  cooldownSeconds: number,
  now: number,
): boolean {
  return cooldownLeftMs(lastReductionAt, cooldownSeconds, now) === 0;
}
