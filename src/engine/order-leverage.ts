/** The whole leverage that is sent along with an order. */
import type { Decimal } from '../core/decimal.ts';
import type { PairRules, Position } from '../core/position.ts';

const LEVERAGE_MAX = 100;
/** What the venue would apply by itself. */
const LEVERAGE_DEFAULT = 10;

/** The position's own leverage, whole and within the venue's bounds, so that nothing changes. */
export function leverageOf(held: Position): number {
  const own = held.quantity.times(held.entryPrice).div(held.collateralUsd).toNumber();
  const whole = Number.isFinite(own) ? Math.round(own) : LEVERAGE_DEFAULT;
  return Math.min(LEVERAGE_MAX, Math.max(1, whole));
}

/**
 * The leverages that bring about this margin, the one with more margin first: never above `most`
 * nor what the pair allows.
 */
export function leveragesFor(
  notionalUsd: Decimal,
  marginUsd: Decimal,
  most: number,
  rules: PairRules | undefined,
): readonly number[] {
  const wanted = notionalUsd.div(marginUsd).toNumber();
  const allowed = rules ? Math.floor(1 / rules.initialRate.toNumber()) : 1;
  const top = Math.max(1, Math.min(allowed, most, LEVERAGE_MAX));
  if (!Number.isFinite(wanted)) return [top];
  const within = (leverage: number): number => Math.min(top, Math.max(1, leverage));
  return [...new Set([within(Math.floor(wanted)), within(Math.ceil(wanted))])];
}
