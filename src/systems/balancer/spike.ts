/**
 * A symbol's marks over a rolling minute, to notice a jump. Kept as the lowest and highest price of
 * each second, so memory and work per mark are bounded whatever the number of marks.
 */
import { assert } from '../../core/errors.ts';
import { SECOND_MS } from '../../core/time.ts';

/** A minute, and the second that has just begun. */
const SLOTS = 61;

/** Changed in place: it sits on the path of every mark. */
export interface MarkWindow {
  /** Second since 1970 each slot is for; −1 for none yet. */
  readonly seconds: Float64Array;
  readonly lows: Float64Array;
  readonly highs: Float64Array;
  lastPrice: number;
  lastAt: number;
}

export function createMarkWindow(): MarkWindow {
  return {
    seconds: new Float64Array(SLOTS).fill(-1),
    lows: new Float64Array(SLOTS),
    highs: new Float64Array(SLOTS),
    lastPrice: Number.NaN,
    lastAt: Number.NEGATIVE_INFINITY,
  };
}

/**
 * Takes a mark into the window; one that is a minute older than the newest is ignored. O(1).
 * @throws InvariantError when the price is not a finite number above zero.
 */
export function recordMark(window: MarkWindow, price: number, at: number): void {
  const isSound = Number.isFinite(price) && price > 0 && Number.isFinite(at) && at >= 0;
  assert(isSound, `a mark price above 0, was ${price} at ${at}`);
  const second = Math.floor(at / SECOND_MS);
  const slot = second % SLOTS;
  const held = window.seconds[slot] ?? -1;
  if (second < held) return;
  if (second > held) {
    window.seconds[slot] = second;
    window.lows[slot] = price;
    window.highs[slot] = price;
  } else {
    window.lows[slot] = Math.min(window.lows[slot] ?? price, price);
    window.highs[slot] = Math.max(window.highs[slot] ?? price, price);
  }
  if (at < window.lastAt) return;
  window.lastPrice = price;
  window.lastAt = at;
}

/**
 * How much a position has lost to the newest mark since its best price of the last seconds, in
 * percent of the newest mark; 0 when nothing is known.
 * @param direction +1 for a long, which loses when the price falls; −1 for a short.
 */
export function lostPct(
  window: MarkWindow,
  direction: 1 | -1,
  now: number,
  withinSec: number,
): number {
  const newest = Math.floor(now / SECOND_MS);
  let lost = 0;
  for (let back = 0; back <= withinSec && back < SLOTS; back += 1) {
    const slot = (newest - back) % SLOTS;
    if (window.seconds[slot] !== newest - back) continue;
    const best = (direction === 1 ? window.highs[slot] : window.lows[slot]) ?? window.lastPrice;
    lost = Math.max(lost, (direction * (best - window.lastPrice)) / window.lastPrice);
  }
  return lost * 100;
}

/**
 * How far the newest mark is from the window's lowest or highest, whichever is more, in percent of
 * that earlier price; 0 when nothing was recorded within the minute before `now`.
 */
export function movedPct(window: MarkWindow, now: number): number {
  const newest = Math.floor(now / SECOND_MS);
  let moved = 0;
  for (let slot = 0; slot < SLOTS; slot += 1) {
    const second = window.seconds[slot] ?? -1;
    if (second < 0 || second > newest || second <= newest - SLOTS) continue;
    const low = window.lows[slot] ?? window.lastPrice;
    const high = window.highs[slot] ?? window.lastPrice;
    moved = Math.max(moved, window.lastPrice / low - 1, 1 - window.lastPrice / high);
  }
  return moved * 100;
}
