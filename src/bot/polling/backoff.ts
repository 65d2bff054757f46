import type { Random } from '../../ports/clock.ts';

const FIRST_MS = 1_000;
const MAX_MS = 60_000;

/** 1 s after the first failure, doubling to 60 s, up to a fifth less by chance. */
export function backoffMs(failures: number, random: Random): number {
  const full = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(10, Math.max(0, failures - 1)));
  return Math.max(FIRST_MS, Math.round(full * (1 - 0.2 * random())));
}
