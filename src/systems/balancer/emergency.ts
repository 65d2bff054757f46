/**
 * The emergency path: is one position in danger on this tick, and what brings it back.
 *
 * A position is in danger when its margin rate is below `emergency_margin_rate`, or its weighted
 * distance below `relative_trigger` times the distance all would have if collateral were spread
 * evenly. It is brought back to that even distance, and with free balance (never at the cost of
 * another position) to twice the emergency rate where that is more.
 *
 * Donors keep at least the even distance and a margin above the emergency rate, so none of them is
 * in danger afterwards and nothing goes back and forth. Only when the account is so thin that the
 * even distance itself lies below the emergency rate, and the position would otherwise stay below
 * its relative trigger, may a donor go below that rate; never below the even distance.
 *
 * The reserve is for emergencies: below the emergency *rate* it is used, for the relative trigger
 * it is not.
 */
import { CENT_PLACES, ceilTo, Decimal, floorTo, maxOf, minOf, ZERO } from '../../core/decimal.ts';
import type { PerpSymbol } from '../../core/symbol.ts';
import { type Adjustment, adjustmentOf, changeUsd } from './adjustment.ts';
import { chooseDonors, releasedBy } from './donors.ts';
import {
  assertBook,
  assertLeg,
  type Book,
  collateralAtRateUsd,
  collateralAtUsd,
  type Leg,
  marginRatePct,
  weightedDistance,
  withCollateral,
} from './model.ts';
import type { BalancerSettings } from './settings.ts';
import { evenDistance, reachableTotals, type Totals } from './totals.ts';

export type EmergencyReason = 'rate' | 'relative';

export interface EmergencyPlan {
  readonly symbol: PerpSymbol;
  readonly reason: EmergencyReason;
  /** Decreases to make first; empty when free balance suffices. */
  readonly donors: readonly Adjustment[];
  /** Null when there is nothing to give: then `missingUsd` says what is lacking. */
  readonly receiver: Adjustment | null;
  /**
   * What neither free balance nor donors could cover: of twice the emergency rate when the rate
   * is the reason, of the even distance when that is. Rounded up to cents.
   */
  readonly missingUsd: Decimal;
}

/** Brought back to this many times the emergency rate, where free balance allows. */
const GOAL_RATE_FACTOR = 2;
/** Donors stay this far above the emergency rate, so that the next tick does not endanger them. */
const DONOR_RATE_FACTOR = 1.1;
/** A smaller top-up is not worth a write: in USD, and as a share of the collateral. */
const TOP_UP_MIN_USD = 1;
const TOP_UP_MIN_SHARE = 0.001;
/** Rounding of a handful of donors to cents; less than this is not missing. */
const ROUNDING_USD = new Decimal('0.1');

/**
 * Checks one position against local sums. O(1), for every mark. Give it `reachableTotals`, else
 * profit that is locked in other positions counts as if it could be had.
 * @throws InvariantError on numbers no venue can mean.
 */
export function isEndangered(
  leg: Leg,
  totals: Totals,
  availableUsd: number,
  settings: BalancerSettings,
): false | EmergencyReason {
  assertLeg(leg);
  if (marginRatePct(leg) < settings.thresholds.emergency_margin_rate) return 'rate';
  const even = evenDistance(totals, availableUsd, settings.allocation.reserve_usdt);
  return weightedDistance(leg) < settings.emergency.relative_trigger * even ? 'relative' : false;
}

/**
 * Plans the rescue of one position; null when it is not in danger, unknown, or not to be improved.
 * @throws InvariantError on numbers no venue can mean.
 */
export function planEmergency(
  book: Book,
  symbol: PerpSymbol,
  settings: BalancerSettings,
): EmergencyPlan | null {
  assertBook(book);
  const leg = book.legs.find((candidate) => candidate.symbol === symbol);
  if (!leg) return null;
  const totals = reachableTotals(book, settings.allocation.reserve_usdt);
  const reason = isEndangered(leg, totals, book.availableUsd, settings);
  if (!reason) return null;
  const even = evenDistance(totals, book.availableUsd, settings.allocation.reserve_usdt);
  const goal = goalOf(leg, reason, even, settings);
  const freeUsd = freeFor(book, reason, settings);
  const donors = donorsFor(book, leg, { goal, even, freeUsd }, settings);
  const receiver = raise(leg, goal, freeUsd, donors);
  const lacking = goal.wantedUsd.minus(receiver?.toUsd ?? leg.collateralExact);
  const missingUsd = lacking.gt(ROUNDING_USD) ? ceilTo(lacking, CENT_PLACES) : ZERO;
  if (receiver && isWorthwhile(leg, receiver, reason)) {
    return { symbol, reason, donors, receiver, missingUsd };
  }
  if (reason === 'relative' || missingUsd.isZero()) return null;
  return { symbol, reason, donors: [], receiver: null, missingUsd };
}

interface Goal {
  /** What donors may be asked for. */
  readonly evenUsd: Decimal;
  /** What free balance may be spent on. */
  readonly mostUsd: Decimal;
  /** What counts as missing when it is not reached. */
  readonly wantedUsd: Decimal;
}

/** Never above the venue's maximum, never below its minimum: it would refuse such an amount. */
function goalOf(leg: Leg, reason: EmergencyReason, even: number, settings: BalancerSettings): Goal {
  const ratePct = GOAL_RATE_FACTOR * settings.thresholds.emergency_margin_rate;
  const evenUsd = bounded(leg, collateralAtUsd(leg, Math.max(0, even)));
  const rateUsd = bounded(leg, collateralAtRateUsd(leg, ratePct));
  const wantedUsd = reason === 'rate' ? rateUsd : evenUsd;
  return { evenUsd, mostUsd: maxOf(evenUsd, rateUsd), wantedUsd };
}

function bounded(leg: Leg, usd: number): Decimal {
  const wanted = ceilTo(Math.max(0, usd, leg.minUsd), CENT_PLACES);
  return leg.maxUsd === Number.POSITIVE_INFINITY
    ? wanted
    : minOf(wanted, floorTo(leg.maxUsd, CENT_PLACES));
}

function freeFor(book: Book, reason: EmergencyReason, settings: BalancerSettings): Decimal {
  const reserve = reason === 'rate' ? 0 : settings.allocation.reserve_usdt;
  return maxOf(ZERO, book.availableExact.minus(reserve));
}

interface Need {
  readonly goal: Goal;
  readonly even: number;
  readonly freeUsd: Decimal;
}

function donorsFor(book: Book, leg: Leg, need: Need, settings: BalancerSettings): Adjustment[] {
  const { goal, even, freeUsd } = need;
  const needUsd = goal.evenUsd.minus(leg.collateralExact).minus(freeUsd);
  if (needUsd.lte(ZERO) || even <= 0) return [];
  const others = book.legs.filter((other) => other !== leg);
  const reached = weightedDistance(withCollateral(leg, goal.evenUsd));
  const floorDistance = Math.max(even, reached);
  const floorRatePct = DONOR_RATE_FACTOR * settings.thresholds.emergency_margin_rate;
  const careful = chooseDonors(others, needUsd, { floorDistance, floorRatePct });
  const after = raise(leg, goal, freeUsd, careful);
  const distance = after ? weightedDistance(withCollateral(leg, after.toUsd)) : 0;
  if (distance >= settings.emergency.relative_trigger * even) return careful;
  return chooseDonors(others, needUsd, { floorDistance: even, floorRatePct: 0 });
}

/** Spends what there is on the goal: with donors up to the even distance, without up to the most. */
function raise(
  leg: Leg,
  goal: Goal,
  freeUsd: Decimal,
  donors: readonly Adjustment[],
): Adjustment | null {
  const cash = freeUsd.plus(releasedBy(donors));
  const limit = donors.length === 0 ? goal.mostUsd : goal.evenUsd;
  const toUsd = floorTo(minOf(limit, leg.collateralExact.plus(cash)), CENT_PLACES);
  return toUsd.gt(leg.collateralExact) ? adjustmentOf(leg, toUsd) : null;
}

/** Below the emergency rate a small top-up counts as well, when it is small for the position too. */
function isWorthwhile(leg: Leg, receiver: Adjustment, reason: EmergencyReason): boolean {
  const share = leg.collateralUsd * TOP_UP_MIN_SHARE;
  const least =
    reason === 'rate' ? Math.min(TOP_UP_MIN_USD, share) : Math.max(TOP_UP_MIN_USD, share);
  return changeUsd(receiver).gte(Math.max(least, 0));
}
