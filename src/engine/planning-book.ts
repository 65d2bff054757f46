import type { Book } from '../systems/balancer/index.ts';
import type { Fences } from './fences.ts';
import type { Ledger } from './ledger.ts';

/**
 * The book for moving collateral: a position whose last write is open, or whose mark is old, stays
 * as it is. It neither gives nor gets, while the others go on. A minimum that the venue named holds
 * back decreases here, and only here: it says nothing about what the position needs.
 */
export function planningBook(ledger: Ledger, fences: Fences, now: number, ageMaxMs: number): Book {
  const book = ledger.book();
  const legs = book.legs.map((leg) => {
    const mark = ledger.mark(leg.symbol);
    const isFresh = mark !== undefined && now - mark.receivedAt <= ageMaxMs;
    if (!isFresh || fences.isTaken(leg.symbol)) {
      return { ...leg, minUsd: leg.collateralUsd, maxUsd: leg.collateralUsd };
    }
    const learnedUsd = ledger.learnedMinimum(leg.positionId)?.toNumber() ?? 0;
    if (learnedUsd <= leg.minUsd) return leg;
    return { ...leg, minUsd: Math.min(learnedUsd, leg.collateralUsd) };
  });
  return { ...book, legs };
}
