/** Symbols as arguments of buttons, which have 64 bytes in all. */
import type { PerpSymbol } from '../../core/symbol.ts';

const SYMBOL_MAX = 44;

/** Null when it does not fit: such a position is reached by its command only. */
export function positionArgument(symbol: PerpSymbol): string | null {
  return symbol.length <= SYMBOL_MAX ? symbol : null;
}
