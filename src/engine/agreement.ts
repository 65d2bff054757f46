/**
 * Whether the plan of now is still the one that a person agreed to. In a market that moves no two
 * plans are equal; what they saw must be what is done, in kind and about in size.
 */
import { Decimal, maxOf, sumOf, ZERO } from '../core/decimal.ts';
import type { AdjustmentReport } from '../core/notice.ts';
import type { Adjustment, BalancerSettings } from '../systems/balancer/index.ts';
import type { MoveDifference } from './door.ts';

export interface Agreement {
  /** The moves of now for the positions that were shown; nobody agreed to any other. */
  readonly moves: readonly Adjustment[];
  /** Empty: the person agreed to this. */
  readonly differences: readonly MoveDifference[];
}

/** A move may be this much larger or smaller than shown, or by the smallest adjustment. */
const AMOUNT_SHARE = new Decimal('0.25');
/** All moves together may be this much more than shown. */
const TOTAL_SHARE = new Decimal('0.1');
/** In smallest adjustments: what is so small may be in one plan and not in the next. */
const AT_THRESHOLD = 2;

type Thresholds = BalancerSettings['thresholds'];
type Limits = Pick<Thresholds, 'min_adjustment_usdt' | 'min_deviation_pct'>;

/** Compares what was shown with what is planned now; where nothing is left, all of it differs. */
export function agreementOf(
  shown: readonly AdjustmentReport[],
  fresh: readonly Adjustment[],
  limits: Limits,
): Agreement {
  const before = new Map(shown.map((move) => [move.symbol, move]));
  const after = new Map(fresh.map((move) => [move.symbol, move]));
  const moves = fresh.filter(({ symbol }) => before.has(symbol));
  const differences: MoveDifference[] = [];
  for (const symbol of new Set([...before.keys(), ...after.keys()])) {
    const [shownMove, freshMove] = [before.get(symbol), after.get(symbol)];
    if (moves.length > 0 && isAlike(shownMove, freshMove, limits)) continue;
    differences.push({ symbol, shownUsd: changeOf(shownMove), freshUsd: changeOf(freshMove) });
  }
  const [shownUsd, freshUsd] = [totalOf(shown), totalOf(moves)];
  if (freshUsd.gt(shownUsd.times(TOTAL_SHARE.plus(1)))) {
    differences.push({ symbol: null, shownUsd, freshUsd });
  }
  return { moves, differences };
}

type Move = Pick<AdjustmentReport, 'fromUsd' | 'toUsd'>;

/** A move on one side only is alike while it is so small that it came or went at a threshold. */
function isAlike(shown: Move | undefined, fresh: Move | undefined, limits: Limits): boolean {
  const [shownUsd, freshUsd] = [changeOf(shown), changeOf(fresh)];
  if (shownUsd.times(freshUsd).lt(0)) return false;
  const offUsd = freshUsd.minus(shownUsd).abs();
  const smallestUsd = new Decimal(limits.min_adjustment_usdt);
  if (shown && fresh) return offUsd.lte(maxOf(smallestUsd, shownUsd.abs().times(AMOUNT_SHARE)));
  const collateralUsd = (shown ?? fresh)?.fromUsd ?? ZERO;
  const deviationUsd = collateralUsd.times(limits.min_deviation_pct).div(100);
  return offUsd.lte(maxOf(smallestUsd, deviationUsd).times(AT_THRESHOLD));
}

function changeOf(move: Move | undefined): Decimal {
  return move ? move.toUsd.minus(move.fromUsd) : ZERO;
}

function totalOf(moves: readonly Move[]): Decimal {
  return sumOf(moves.map((move) => changeOf(move).abs()));
}
