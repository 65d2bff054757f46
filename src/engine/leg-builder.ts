import { type Decimal, toFloat } from '../core/decimal.ts';
import type { PairRules, Position } from '../core/position.ts';
import type { Leg, WeightSource } from '../systems/balancer/index.ts';

export interface Weight {
  readonly weight: number;
  readonly source: WeightSource;
}

export interface LegParts {
  readonly position: Position;
  readonly markPrice: Decimal;
  readonly rules: PairRules;
  readonly weight: Weight;
  readonly priorities: Readonly<Record<string, number>>;
}

/** Joins what the venue says of a position with its mark, its pair's rules and our settings. */
export function buildLeg(parts: LegParts): Leg {
  const { position, rules } = parts;
  const minUsd =
    position.collateralMinUsd ??
    position.quantity.times(position.entryPrice).times(rules.initialRate);
  return {
    symbol: position.symbol,
    positionId: position.id,
    direction: position.side === 'long' ? 1 : -1,
    quantity: toFloat(position.quantity),
    quantityExact: position.quantity,
    entryPrice: toFloat(position.entryPrice),
    markPrice: toFloat(parts.markPrice),
    collateralUsd: toFloat(position.collateralUsd),
    collateralExact: position.collateralUsd,
    minUsd: toFloat(minUsd),
    maxUsd: Number.POSITIVE_INFINITY,
    maintenanceRate: toFloat(rules.maintenanceRate),
    liquidationPrice: position.liquidationPrice && toFloat(position.liquidationPrice),
    weight: parts.weight.weight,
    weightSource: parts.weight.source,
    priority: parts.priorities[position.symbol] ?? parts.priorities['default'] ?? 50,
    minQuantity: toFloat(rules.minQuantity),
  };
}

/**
 * The leg with the fall that was counted for the same position before: it is told of with marks
 * only, and neither a write nor a frame of the position ends it.
 * @param isWeighed whether falls count in weights at all
 */
export function withFallOf(before: Leg | null, leg: Leg, isWeighed: boolean): Leg {
  const isSame = before?.positionId === leg.positionId && before.direction === leg.direction;
  if (!before || !isSame) return leg;
  const { fallPct = 0, urgentWeight = 0 } = before;
  const isUrgent = isWeighed && urgentWeight > before.weight;
  return {
    ...leg,
    ...(fallPct > 0 && { fallPct }),
    ...(isUrgent && { urgentWeight: Math.max(leg.weight, urgentWeight) }),
  };
}

/** All that a leg is built from beside its mark, which changes with every frame. */
export type LastingParts = Omit<LegParts, 'markPrice'>;

/**
 * Whether a leg built from one would be the same built from the other at the same mark. Says no
 * when in doubt.
 */
export function isSameParts(a: LastingParts, b: LastingParts): boolean {
  return (
    a.position === b.position &&
    a.rules === b.rules &&
    a.weight.weight === b.weight.weight &&
    a.weight.source === b.weight.source &&
    a.priorities === b.priorities
  );
}
