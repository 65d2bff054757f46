/**
 * Holds back a price that no market makes between two frames. One absurd frame must neither rescue
 * nor close anything; a real collapse is confirmed by the next frame, a moment later.
 */
import { type Decimal, toFloat } from '../core/decimal.ts';
import type { PerpSymbol } from '../core/symbol.ts';
import { MINUTE_MS } from '../core/time.ts';

/** Larger steps than this, as a fraction, ask for a second frame that says about the same. */
const STEP_MAX = 0.25;
/** After a longer silence prices may be anywhere. */
const SILENCE_MS = MINUTE_MS;

export class MarkGuard {
  readonly #suspects = new Map<PerpSymbol, Decimal>();

  /** Whether the price may be taken; `known` is the last one taken and how long ago that was. */
  admits(
    symbol: PerpSymbol,
    price: Decimal,
    known: { readonly price: Decimal; readonly ageMs: number } | null,
  ): boolean {
    const suspect = this.#suspects.get(symbol);
    const isLeap = known !== null && known.ageMs < SILENCE_MS && isFar(price, known.price);
    if (isLeap && (!suspect || isFar(price, suspect))) {
      this.#suspects.set(symbol, price);
      return false;
    }
    this.#suspects.delete(symbol);
    return true;
  }
}

function isFar(price: Decimal, from: Decimal): boolean {
  const ratio = toFloat(price) / toFloat(from);
  return ratio > 1 + STEP_MAX || ratio < 1 - STEP_MAX;
}
