/** Rescues of one moment as one list: each position once, from what it had to what it has. */
import type { AdjustmentReport } from '../../core/notice.ts';
import type { EmergencyNotice } from './alert-view.ts';

interface Merged {
  /** All moves that arrived, as one. */
  done: AdjustmentReport | null;
  /** What was tried after that in vain, or has no known outcome. */
  open: AdjustmentReport | null;
}

/** In the order in which positions were first touched. */
export function mergedMoves(rescues: readonly EmergencyNotice[]): AdjustmentReport[] {
  const bySymbol = new Map<string, Merged>();
  for (const { adjustments } of [...rescues].sort((a, b) => a.at - b.at)) {
    for (const move of adjustments) {
      bySymbol.set(move.symbol, merged(bySymbol.get(move.symbol), move));
    }
  }
  return [...bySymbol.values()].flatMap(({ done, open }) => [done, open].filter((m) => m !== null));
}

/** Less than the move before left there: a reduction came between, which is no part of this. */
const BETWEEN_SHARE = 0.99;

function follows(done: AdjustmentReport, move: AdjustmentReport): boolean {
  return move.fromUsd.gte(done.toUsd.times(BETWEEN_SHARE));
}

function merged(before: Merged | undefined, move: AdjustmentReport): Merged {
  const done = before?.done ?? null;
  switch (move.outcome?.kind) {
    case 'confirmed': {
      const isNext = done !== null && follows(done, move);
      const { fromUsd, rateBeforePct } = isNext ? done : move;
      return { done: { ...move, fromUsd, rateBeforePct }, open: null };
    }
    case 'rehearsed':
      // A rehearsal changes nothing: the next one begins where this one did.
      return { done: move, open: null };
    default:
      return { done, open: move };
  }
}
