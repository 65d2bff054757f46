/** The scheduled decision: which collateral moves are worth making now, and in which order. */
import { CENT_PLACES, ceilTo, Decimal, floorTo, maxOf, sumOf, ZERO } from '../../core/decimal.ts';
import { type Adjustment, adjustmentOf, atMostMaximum, changeUsd } from './adjustment.ts';
import { allocate, type Target } from './allocate.ts';
import { SAFE_RATE_FACTOR } from './donors.ts';
import { payIncreases } from './increases-from-cash.ts';
import { type Book, collateralAtRateUsd, type Leg } from './model.ts';
import type { BalancerSettings } from './settings.ts';

export interface RebalancePlan {
  /** Where every position should be, in the order of the book. */
  readonly targets: readonly Target[];
  /** Decreases first, largest first; then increases, smallest distance first. */
  readonly adjustments: readonly Adjustment[];
  /** Positions off their target by a cent or more that are left alone all the same. */
  readonly skipped: number;
  readonly freeBeforeUsd: Decimal;
  readonly freeAfterUsd: Decimal;
}

type Thresholds = BalancerSettings['thresholds'];

const CENT = new Decimal('0.01');
const NOISE_PLACES = 6;

/**
 * Plans the moves towards the targets. A move below either threshold is left out. Decreases are
 * rounded up and increases down to cents; the increases cost at most the free balance above the
 * reserve plus what the planned decreases release.
 * @throws InvariantError on numbers no venue can mean.
 */
export function decideRebalance(book: Book, settings: BalancerSettings): RebalancePlan {
  const targets = allocate(book, settings);
  const { thresholds } = settings;
  const decreases: Adjustment[] = [];
  const wanted: Adjustment[] = [];
  const minimums = new Map(book.legs.map((leg) => [leg.symbol, leg.minUsd]));
  const isWorthAWrite = (move: Adjustment) =>
    isWorthwhile(move, thresholds) && move.toUsd.gte(minimums.get(move.symbol) ?? 0);
  let offTarget = 0;
  for (const [index, leg] of book.legs.entries()) {
    const target = targets[index];
    if (!target || Math.abs(target.collateralUsd - leg.collateralUsd) < 0.01) continue;
    offTarget += 1;
    const move = moveTowards(leg, target.collateralUsd, thresholds);
    if (!isWorthAWrite(move)) continue;
    if (changeUsd(move).lt(ZERO)) decreases.push(move);
    else wanted.push(move);
  }
  decreases.sort((a, b) => changeUsd(a).comparedTo(changeUsd(b)) || (a.symbol < b.symbol ? -1 : 1));
  const reserve = new Decimal(settings.allocation.reserve_usdt);
  const released = sumOf(decreases.map((move) => changeUsd(move).neg()));
  const cash = maxOf(ZERO, book.availableExact.minus(reserve)).plus(released);
  const increases = payIncreases(wanted, cash, isWorthAWrite);
  const spent = sumOf(increases.map(changeUsd));
  return {
    targets,
    adjustments: [...decreases, ...increases],
    skipped: offTarget - decreases.length - increases.length,
    freeBeforeUsd: book.availableExact,
    freeAfterUsd: book.availableExact.plus(released).minus(spent),
  };
}

/**
 * Rounds against ourselves: releases less, asks for less, and never lands below the minimum. A
 * decrease stops short of where the emergency path would have to undo it.
 */
function moveTowards(leg: Leg, targetUsd: number, thresholds: Thresholds): Adjustment {
  const least = ceilTo(Math.max(0, leg.minUsd), CENT_PLACES);
  if (targetUsd < leg.collateralUsd) {
    const safeRatePct = SAFE_RATE_FACTOR * thresholds.emergency_margin_rate;
    const safeUsd = Math.min(leg.collateralUsd, collateralAtRateUsd(leg, safeRatePct));
    const rounded = ceilTo(withoutNoise(Math.max(targetUsd, safeUsd)), CENT_PLACES);
    return adjustmentOf(leg, maxOf(rounded, least));
  }
  const rounded = atMostMaximum(leg, floorTo(withoutNoise(targetUsd), CENT_PLACES));
  const isAtMinimum = rounded.lt(least) && least.minus(rounded).lte(CENT);
  return adjustmentOf(leg, isAtMinimum ? least : rounded);
}

/** Binary rounding must not turn 1,200 into 1,199.99; the cash is counted exactly all the same. */
function withoutNoise(usd: number): Decimal {
  return new Decimal(usd).toDecimalPlaces(NOISE_PLACES);
}

/** Off by less than either threshold, a position is left alone. */
function isWorthwhile(move: Adjustment, thresholds: Thresholds): boolean {
  const size = changeUsd(move).abs();
  const share = new Decimal(thresholds.min_deviation_pct).div(100);
  return (
    size.gte(CENT) &&
    size.gte(thresholds.min_adjustment_usdt) &&
    size.gte(move.fromUsd.times(share))
  );
}
