import { DAY_MS } from '../core/time.ts';
import type { Clock, Random } from '../ports/clock.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A random text of base62 characters: for nonces and ids that travel in a button. */
export function randomId(random: Random, length: number): string {
  let text = '';
  for (let i = 0; i < length; i += 1) text += BASE62[Math.floor(random() * 62)] ?? '0';
  return text;
}

/**
 * Client order ids: milliseconds with a strictly rising guard over the highest id in the journal,
 * so that neither a restart nor a clock that steps back repeats one. Far below the venue's 2^45.
 */
export function createCidSource(clock: Clock, highestUsed: number): () => number {
  // A journal written under a clock far in the future must not push ids towards the limit.
  let last = Math.min(highestUsed, clock.now() + 365 * DAY_MS);
  return () => {
    last = Math.max(last + 1, clock.now());
    return last;
  };
}
