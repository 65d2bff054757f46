/**
 * The emergency path: is one position in danger on this tick, and what brings it back.
 *
 * A position is in danger when its margin rate is below `emergency_margin_rate`, or its weighted
 * distance below `relative_trigger` times its even distance (`even.ts`). It is brought back to that
 * distance; with free balance that nobody else in danger needs, to twice the emergency rate where
 * that is more.
 *
 * Donors keep at least the even distance and a margin above the emergency rate, so none of them is
 * in danger afterwards and nothing goes back and forth. Only when the account is so thin that the
 * even distance itself lies below the emergency rate, and the position would otherwise stay below
 * its relative trigger, may a donor go below that rate; never below the even distance. In such an
 * account a low rate alone takes nothing from anybody: everybody's is low.
 *
 * The reserve is for emergencies: below the emergency *rate* it is used, for the relative trigger
 * it is not.
 */
import { CENT_PLACES, ceilTo, Decimal, floorTo, maxOf, minOf, ZERO } from '../../core/decimal.ts';
import type { PerpSymbol } from '../../core/symbol.ts';
import { type Adjustment, adjustmentOf, atMostMaximum, changeUsd } from './adjustment.ts';
import { chooseDonors, releasedBy, SAFE_RATE_FACTOR } from './donors.ts';
import { evenDistanceFor } from './even.ts';
import {
  assertBook,
  assertLeg,
  type Book,
  collateralAtRateUsd,
  collateralAtUsd,
  type Leg,
  marginRatePct,
  roomUsd,
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
  const even = evenDistanceFor(leg, totals, availableUsd, settings);
  return isBehind(leg, even, settings) ? 'relative' : false;
}

function isBehind(leg: Leg, even: number, settings: BalancerSettings): boolean {
  return weightedDistance(leg) < settings.emergency.relative_trigger * even;
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
  const totals = reachableTotals(book, settings.allocation.reserve_usdt, leg);
  const reason = isEndangered(leg, totals, book.availableUsd, settings);
  if (!reason) return null;
  const even = evenDistanceFor(leg, totals, book.availableUsd, settings);
  const freeUsd = freeFor(book, reason, settings);
  const spareUsd = freeUsd.minus(claimsBeside(leg, book, totals, settings));
  const goal = goalOf(leg, { reason, even, spareUsd }, settings);
  const need = { goal, even, freeUsd, floorDistance: levelOf(book, totals, settings) };
  const donors = donorsFor(book, leg, need, settings);
  const receiver = raise(leg, goal, freeUsd, donors);
  const lacking = goal.wantedUsd.minus(receiver?.toUsd ?? leg.collateralExact);
  const missingUsd = lacking.gt(ROUNDING_USD) ? ceilTo(lacking, CENT_PLACES) : ZERO;
  if (receiver && isWorthwhile(leg, receiver, settings)) {
    return { symbol, reason, donors, receiver, missingUsd };
  }
  if (reason === 'relative' || missingUsd.isZero()) return null;
  return { symbol, reason, donors: [], receiver: null, missingUsd };
}

function levelOf(book: Book, totals: Totals, settings: BalancerSettings): number {
  return evenDistance(totals, book.availableUsd, settings.allocation.reserve_usdt);
}

/** What other positions in danger lack to their even distance: free balance they will need. */
function claimsBeside(leg: Leg, book: Book, totals: Totals, settings: BalancerSettings): Decimal {
  let claims = 0;
  for (const other of book.legs) {
    if (other === leg || !isEndangered(other, totals, book.availableUsd, settings)) continue;
    const even = evenDistanceFor(other, totals, book.availableUsd, settings);
    const lacking = collateralAtUsd(other, Math.max(0, even)) - other.collateralUsd;
    if (lacking > 0) claims += lacking;
  }
  return ceilTo(claims, CENT_PLACES);
}

interface Goal {
  /** What donors may be asked for. */
  readonly evenUsd: Decimal;
  /** What free balance may be spent on when it suffices alone. */
  readonly mostUsd: Decimal;
  /** What counts as missing when it is not reached. */
  readonly wantedUsd: Decimal;
}

interface Situation {
  readonly reason: EmergencyReason;
  readonly even: number;
  /** Free balance that no other position in danger needs. */
  readonly spareUsd: Decimal;
}

/** Never above the venue's maximum, never below its minimum: it would refuse such an amount. */
function goalOf(leg: Leg, situation: Situation, settings: BalancerSettings): Goal {
  const ratePct = GOAL_RATE_FACTOR * settings.thresholds.emergency_margin_rate;
  const evenUsd = bounded(leg, collateralAtUsd(leg, Math.max(0, situation.even)));
  const rateUsd = bounded(leg, collateralAtRateUsd(leg, ratePct));
  const payableUsd = minOf(rateUsd, leg.collateralExact.plus(situation.spareUsd));
  const wantedUsd = situation.reason === 'rate' ? rateUsd : evenUsd;
  return { evenUsd, mostUsd: maxOf(evenUsd, payableUsd), wantedUsd };
}

function bounded(leg: Leg, usd: number): Decimal {
  return atMostMaximum(leg, ceilTo(Math.max(0, usd, leg.minUsd), CENT_PLACES));
}

function freeFor(book: Book, reason: EmergencyReason, settings: BalancerSettings): Decimal {
  const reserve = reason === 'rate' ? 0 : settings.allocation.reserve_usdt;
  return maxOf(ZERO, book.availableExact.minus(reserve));
}

interface Need {
  readonly goal: Goal;
  /** The receiver's even distance: what it is brought back to. */
  readonly even: number;
  readonly freeUsd: Decimal;
  /** The account's even distance: what donors keep. */
  readonly floorDistance: number;
}

function donorsFor(book: Book, leg: Leg, need: Need, settings: BalancerSettings): Adjustment[] {
  const { goal, even, freeUsd } = need;
  const needUsd = goal.evenUsd.minus(leg.collateralExact).minus(freeUsd);
  if (needUsd.lte(ZERO) || even <= 0) return [];
  const emergencyRatePct = settings.thresholds.emergency_margin_rate;
  const goalLeg = withCollateral(leg, goal.evenUsd);
  const wasBehind = isBehind(leg, even, settings);
  if (!wasBehind && marginRatePct(goalLeg) < emergencyRatePct) return [];
  const others = book.legs.filter((other) => other !== leg);
  const floorDistance = Math.max(need.floorDistance, weightedDistance(goalLeg));
  const floorRatePct = SAFE_RATE_FACTOR * emergencyRatePct;
  const careful = chooseDonors(others, needUsd, { floorDistance, floorRatePct });
  const after = raise(leg, goal, freeUsd, careful);
  const reached = after ? withCollateral(leg, after.toUsd) : leg;
  if (!isBehind(reached, even, settings)) return careful;
  return chooseDonors(others, needUsd, { floorDistance, floorRatePct: 0 });
}

/** Spends what there is: with donors up to the even distance, without up to the most. */
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

/**
 * Money for a position that stays past its liquidation price would be lost with it. A small top-up
 * counts only when it ends a margin rate below the emergency rate.
 */
function isWorthwhile(leg: Leg, receiver: Adjustment, settings: BalancerSettings): boolean {
  if (roomUsd(withCollateral(leg, receiver.toUsd)) <= 0) return false;
  const limitPct = settings.thresholds.emergency_margin_rate;
  if (receiver.rateBeforePct < limitPct && receiver.rateAfterPct >= limitPct) return true;
  const least = Math.max(TOP_UP_MIN_USD, leg.collateralUsd * TOP_UP_MIN_SHARE);
  return changeUsd(receiver).gte(least);
}
