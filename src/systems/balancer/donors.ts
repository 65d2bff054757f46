/** Who gives collateral to an endangered position: with the fewest writes, harming nobody. */
import { CENT_PLACES, ceilTo, type Decimal, sumOf, ZERO } from '../../core/decimal.ts';
import { type Adjustment, adjustmentOf, changeUsd } from './adjustment.ts';
import { collateralAtRateUsd, collateralAtUsd, type Leg, weightedDistance } from './model.ts';

export interface DonorRules {
  /** Weighted distance no donor is pushed below. */
  readonly floorDistance: number;
  /** Margin rate no donor is pushed below, in percent; 0 for no such line. */
  readonly floorRatePct: number;
}

/** Nobody is lowered below this many times the emergency rate: the next tick would endanger it. */
export const SAFE_RATE_FACTOR = 1.1;
/** More would take longer than the move is worth; what is still missing is for the next plan. */
export const DONORS_MAX = 8;
/** Less than this is not worth a write: in USD, and as a share of the donor's collateral. */
const GIFT_MIN_USD = 1;
const GIFT_MIN_SHARE = 0.001;
/** No write sets collateral to nothing, not even where a profit would carry the position. */
const LEAST_USD = 0.01;

interface Donor {
  readonly leg: Leg;
  readonly floorUsd: number;
  readonly spareUsd: number;
  readonly distance: number;
}

/**
 * Chooses decreases that release what is needed, or as much of it as can be. While no single donor
 * can cover what is still missing, the one that can give most goes first, which keeps the writes
 * few; the last is, of those that can cover the rest, the one with the largest weighted distance.
 */
export function chooseDonors(
  legs: Iterable<Leg>,
  needUsd: Decimal,
  rules: DonorRules,
): Adjustment[] {
  const donors = candidates(legs, rules);
  const chosen: Adjustment[] = [];
  let needed = needUsd;
  while (needed.gt(ZERO) && chosen.length < DONORS_MAX) {
    const donor = nextDonor(donors, needed.toNumber());
    if (!donor) break;
    donors.delete(donor);
    const gift = decrease(donor, needed);
    if (!gift) continue;
    chosen.push(gift);
    needed = needed.plus(changeUsd(gift));
  }
  return chosen;
}

export function releasedBy(decreases: readonly Adjustment[]): Decimal {
  return sumOf(decreases.map((move) => changeUsd(move).neg()));
}

function candidates(legs: Iterable<Leg>, rules: DonorRules): Set<Donor> {
  const donors = new Set<Donor>();
  for (const leg of legs) {
    const floorUsd = Math.max(
      LEAST_USD,
      leg.minUsd,
      collateralAtUsd(leg, rules.floorDistance),
      collateralAtRateUsd(leg, rules.floorRatePct),
    );
    const spareUsd = leg.collateralUsd - floorUsd;
    if (spareUsd < Math.max(GIFT_MIN_USD, leg.collateralUsd * GIFT_MIN_SHARE)) continue;
    donors.add({ leg, floorUsd, spareUsd, distance: weightedDistance(leg) });
  }
  return donors;
}

function nextDonor(donors: ReadonlySet<Donor>, neededUsd: number): Donor | undefined {
  let richest: Donor | undefined;
  let farthest: Donor | undefined;
  for (const donor of donors) {
    if (!richest || donor.spareUsd > richest.spareUsd) richest = donor;
    const covers = donor.spareUsd >= neededUsd;
    if (covers && (!farthest || donor.distance > farthest.distance)) farthest = donor;
  }
  return farthest ?? richest;
}

/** Rounded up: a cent less is released rather than a cent too much. */
function decrease(donor: Donor, needed: Decimal): Adjustment | null {
  const { leg, floorUsd, spareUsd } = donor;
  const isPart = needed.toNumber() < spareUsd;
  const toUsd = ceilTo(isPart ? leg.collateralExact.minus(needed) : floorUsd, CENT_PLACES);
  return toUsd.lt(leg.collateralExact) ? adjustmentOf(leg, toUsd) : null;
}
