/** The scheduled decision: which collateral moves are worth making now, and in which order. */
import { Decimal, floorTo, maxOf, ZERO } from '../../core/decimal.ts';
import { type Adjustment, adjustmentOf, changeUsd } from './adjustment.ts';
import { allocate, type Target } from './allocate.ts';
import { centsDown, centsFrom, centsUp, centsUpTo, decimalOfCents, exactSum } from './cents.ts';
import { SAFE_RATE_FACTOR } from './donors.ts';
import { partOf } from './increases-from-cash.ts';
import { type Book, collateralAtRateUsd, distance, type Leg } from './model.ts';
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

/** Positions nearer to their target than this are there, in USD. */
const CENT = 0.01;
/** Collateral has eight places at the venue: a change is known to that, in binary too. */
const WIRE_SCALE = 1e8;

/**
 * Plans the moves towards the targets. A move below either threshold is left out. Decreases are
 * rounded up and increases down to cents; the increases cost at most the free balance above the
 * reserve plus what the planned decreases release.
 * @throws InvariantError on numbers no venue can mean.
 */
export function decideRebalance(book: Book, settings: BalancerSettings): RebalancePlan {
  const targets = allocate(book, settings);
  const { thresholds, allocation } = settings;
  const decreases: Move[] = [];
  const wanted: Move[] = [];
  let offTarget = 0;
  for (let i = 0; i < book.legs.length; i += 1) {
    const leg = book.legs[i];
    const target = targets[i];
    if (!leg || !target || Math.abs(target.collateralUsd - leg.collateralUsd) < CENT) continue;
    offTarget += 1;
    const toUsd = landing(leg, target.collateralUsd, thresholds);
    const change = Math.round((toUsd - leg.collateralUsd) * WIRE_SCALE) / WIRE_SCALE;
    if (!isWorthAWrite(leg, toUsd, change, thresholds)) continue;
    (change < 0 ? decreases : wanted).push({ leg, toUsd, change, distance: distance(leg) });
  }
  decreases.sort((a, b) => a.change - b.change || (a.leg.symbol < b.leg.symbol ? -1 : 1));
  const lowered = decreases.map(adjustmentFor);
  const released = exactSum(decreases.map(({ change }) => change)).neg();
  const reserve = new Decimal(allocation.reserve_usdt);
  const cash = maxOf(ZERO, book.availableExact.minus(reserve)).plus(released);
  const { raised, spent } = payable(wanted, cash, thresholds);
  return {
    targets,
    adjustments: [...lowered, ...raised],
    skipped: offTarget - lowered.length - raised.length,
    freeBeforeUsd: book.availableExact,
    freeAfterUsd: book.availableExact.plus(released).minus(spent),
  };
}

interface Move {
  readonly leg: Leg;
  readonly toUsd: number;
  /** USD, negative for a decrease. */
  readonly change: number;
  readonly distance: number;
}

function adjustmentFor({ leg, toUsd }: Move): Adjustment {
  return adjustmentOf(leg, decimalOfCents(toUsd), toUsd);
}

/**
 * Smallest distance first, each whole if what is left can pay it, else in part. Counted in the
 * venue's smallest units: exact in binary, and a thousand moves need no thousand decimals.
 */
function payable(wanted: readonly Move[], cash: Decimal, thresholds: Thresholds) {
  const sorted = [...wanted].sort(
    (a, b) => a.distance - b.distance || (a.leg.symbol < b.leg.symbol ? -1 : 1),
  );
  const cashUnits = unitsIn(cash);
  let left = cashUnits;
  const raised: Adjustment[] = [];
  for (const move of sorted) {
    const cost = Math.round(move.change * WIRE_SCALE);
    if (cost <= left) {
      raised.push(adjustmentFor(move));
      left -= cost;
      continue;
    }
    const part = left > 0 ? partOf(adjustmentFor(move), new Decimal(left).div(WIRE_SCALE)) : null;
    const size = part ? changeUsd(part).toNumber() : 0;
    if (!part || !isWorthAWrite(move.leg, part.toUsd.toNumber(), size, thresholds)) continue;
    raised.push(part);
    left -= Math.round(size * WIRE_SCALE);
  }
  return { raised, spent: new Decimal(cashUnits - left).div(WIRE_SCALE) };
}

/** Beyond 90 million dollars a double no longer holds every unit: then a few are left unused. */
function unitsIn(usd: Decimal): number {
  const units = floorTo(usd.times(WIRE_SCALE), 0).toNumber();
  return Number.isSafeInteger(units) ? units : units * (1 - Number.EPSILON * 4);
}

/**
 * The whole cents to land on. Rounds against ourselves: releases less, asks for less, and never
 * lands below the minimum. A decrease stops short of where the emergency path would undo it.
 */
function landing(leg: Leg, targetUsd: number, thresholds: Thresholds): number {
  // No write sets collateral to nothing, not even where a profit would carry the position.
  const least = centsFrom(Math.max(CENT, leg.minUsd));
  if (targetUsd < leg.collateralUsd) {
    const safeRatePct = SAFE_RATE_FACTOR * thresholds.emergency_margin_rate;
    const safeUsd = Math.min(leg.collateralUsd, collateralAtRateUsd(leg, safeRatePct));
    return Math.max(centsUp(Math.max(targetUsd, safeUsd)), least);
  }
  const rounded = Math.min(centsDown(targetUsd), centsUpTo(leg.maxUsd));
  const isAtMinimum = rounded < least && targetUsd > leg.minUsd - CENT / 2;
  return isAtMinimum ? least : rounded;
}

/** Off by less than either threshold a position is left alone, or still below its minimum. */
function isWorthAWrite(leg: Leg, toUsd: number, change: number, thresholds: Thresholds): boolean {
  const size = Math.abs(change);
  return (
    size >= CENT &&
    size >= thresholds.min_adjustment_usdt &&
    size >= (leg.collateralUsd * thresholds.min_deviation_pct) / 100 &&
    toUsd >= leg.minUsd
  );
}
