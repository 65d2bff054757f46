/** From what `/sim/positions` was given to a book the world can take. */
import type { z } from 'zod';
import { matchSymbol } from '../../../core/symbol.ts';
import { type BookEntry, markOf, usdOf, type World } from '../core/index.ts';
import type { bookSchema } from './schemas.ts';

type BookRequest = z.infer<typeof bookSchema>;
type Made =
  | { readonly entries: readonly BookEntry[]; readonly freeUsd: number }
  | { readonly error: string };

const LEVERAGE_DEFAULT = 10;
const QUANTITY_PLACES = 8;

export function bookEntries(world: World, request: BookRequest): Made {
  const symbols = world.market.contracts.map(({ symbol }) => symbol);
  const entries: BookEntry[] = [];
  for (const [i, wanted] of request.positions.entries()) {
    const symbol = matchSymbol(wanted.symbol, symbols);
    const index = symbol && world.indexOf.get(symbol);
    if (index === undefined) return { error: `positions.${i}.symbol: is not traded here` };
    if (entries.some((entry) => entry.index === index)) {
      return { error: `positions.${i}.symbol: expected one position a symbol` };
    }
    const entryPrice = wanted.entryPrice ?? markOf(world, index);
    const amount = Number(wanted.amount.toFixed(QUANTITY_PLACES));
    if (amount === 0) return { error: `positions.${i}.amount: expected 0.00000001 at least` };
    const notional = Math.abs(amount) * entryPrice;
    const collateralUsd = wanted.collateral ?? notional / (wanted.leverage ?? LEVERAGE_DEFAULT);
    entries.push({ index, amount, entryPrice, collateralUsd });
  }
  return { entries, freeUsd: usdOf(world.ledger.free.units) };
}
