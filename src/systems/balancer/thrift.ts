/**
 * Rescues under the venue's limit of writes. The fewer are left, the more a rescue has to be worth:
 * trivial top-ups of the first calm seconds must not cost the position that falls a minute later.
 */
import type { Decimal } from '../../core/decimal.ts';
import { type Adjustment, changeUsd } from './adjustment.ts';
import type { EmergencyPlan } from './emergency.ts';
import { payIncreases } from './increases-from-cash.ts';

/** From this many writes left on, nothing is held back. */
const PLENTY = 45;
/** With no writes left a rescue would have to add this share of the position's collateral. */
const SHARE_WHEN_SCARCE = 0.1;

/**
 * The plan, cut down to what the remaining writes can carry, or null when it is not worth one. The
 * last write is always the receiver's: donors lowered for nothing help nobody.
 * @param freeUsd free balance that pays beside the donors
 */
export function thriftyRescue(
  plan: EmergencyPlan,
  writesLeft: number,
  freeUsd: Decimal,
): EmergencyPlan | null {
  const { receiver } = plan;
  if (!receiver) return plan;
  if (writesLeft < 1) return null;
  if (plan.donors.length < writesLeft) return isWorthIt(receiver, writesLeft) ? plan : null;
  const donors = plan.donors.slice(0, writesLeft - 1);
  const released = donors.reduce((sum, donor) => sum.minus(changeUsd(donor)), freeUsd);
  const [paid] = payIncreases([receiver], released);
  if (!paid || !isWorthIt(paid, writesLeft)) return null;
  const lostUsd = receiver.toUsd.minus(paid.toUsd);
  return { ...plan, donors, receiver: paid, missingUsd: plan.missingUsd.plus(lostUsd) };
}

/**
 * How many of a routine plan's decreases may begin: each one leaves a write over that passes its
 * money on, so that nobody is lowered for balance that lies idle until the next check.
 */
export function decreasesWithin(decreases: number, increases: number, writesLeft: number): number {
  const isWhole = decreases + increases <= writesLeft;
  return isWhole ? decreases : Math.min(decreases, Math.floor(writesLeft / 2));
}

function isWorthIt(receiver: Adjustment, writesLeft: number): boolean {
  const scarcity = Math.max(0, 1 - writesLeft / PLENTY);
  const share = changeUsd(receiver).div(receiver.fromUsd).toNumber();
  return share >= SHARE_WHEN_SCARCE * scarcity;
}
