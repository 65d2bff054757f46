/** How bad a position is, with hysteresis: what hovers at a threshold does not flap. Pure. */

/** Least first. */
export const TIERS = ['notice', 'warning', 'critical'] as const;
export type Tier = (typeof TIERS)[number];

/** Below these multiples of the emergency rate. */
const BELOW: Readonly<Record<Tier, number>> = { notice: 2, warning: 1.5, critical: 1 };
/** A tier is left only this far above its threshold. */
const LEAVE_FACTOR = 1.1;

export interface Endangered {
  readonly marginRatePct: number;
  readonly distance: number;
}

/** Null: nothing to tell. `before` is the tier it was in. */
export function tierOf(
  position: Endangered,
  emergencyRatePct: number,
  before: Tier | null,
): Tier | null {
  for (const tier of [...TIERS].reverse()) {
    const isHeld = before !== null && isAtLeast(before, tier);
    const limit = BELOW[tier] * emergencyRatePct * (isHeld ? LEAVE_FACTOR : 1);
    if (position.marginRatePct < limit) return tier;
    if (tier === 'critical' && position.distance <= 0) return tier;
  }
  return null;
}

export function isAtLeast(tier: Tier, other: Tier): boolean {
  return TIERS.indexOf(tier) >= TIERS.indexOf(other);
}

export function highest(tiers: readonly Tier[]): Tier | null {
  return [...TIERS].reverse().find((tier) => tiers.includes(tier)) ?? null;
}
