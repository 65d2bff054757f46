/** Rolls of a plan in words: what they are and cost, and how the second order ended. */
import { sumOf } from '../../core/decimal.ts';
import type { ReductionReport, RollReport } from '../../core/notice.ts';
import type { Words } from '../i18n/words.ts';
import { price, quantity, usd } from './format.ts';
import { namesFor } from './names.ts';
import { outcomeReason } from './reason.ts';

type Reductions = readonly ReductionReport[];
export type RollCut = ReductionReport & { readonly roll: RollReport };

export function rollsOf(reductions: Reductions): readonly RollCut[] {
  return reductions.flatMap((cut) => (cut.roll ? [{ ...cut, roll: cut.roll }] : []));
}

/** All that was closed is open again. */
export function isRolled({ roll, filledQuantity }: RollCut): boolean {
  const { reopenedQuantity } = roll;
  return filledQuantity !== undefined && (reopenedQuantity?.gte(filledQuantity) ?? false);
}

/** Closed, and not all of it opened again. */
export function becameReduction(cut: RollCut): boolean {
  return cut.outcome?.kind === 'confirmed' && !isRolled(cut);
}

/** What a plan with rolls does, and what both orders of each cost together. */
export function rollIntroduction(reductions: Reductions, t: Words): string[] {
  const rolls = rollsOf(reductions);
  if (rolls.length === 0) return [];
  const nameOf = namesFor(reductions.map(({ symbol }) => symbol));
  const names = rolls.map(({ symbol }) => nameOf(symbol)).join(', ');
  const cost = usd(sumOf(rolls.map(({ roll }) => roll.costUsd)));
  return [t('plan-roll', { names, cost })];
}

/** How each second order ended, one line each; nothing while it has not. */
export function rollLines(reductions: Reductions, t: Words): string[] {
  const nameOf = namesFor(reductions.map(({ symbol }) => symbol));
  return rollsOf(reductions).flatMap((cut) => [
    ...reopenedLine(cut, nameOf(cut.symbol), t),
    ...reducedLine(cut, nameOf(cut.symbol), t),
  ]);
}

function reopenedLine({ roll, filledQuantity }: RollCut, name: string, t: Words): string[] {
  const { reopenedQuantity, averagePrice } = roll;
  if (!reopenedQuantity || !averagePrice || !filledQuantity) return [];
  const opened = quantity(reopenedQuantity);
  const closed = quantity(filledQuantity);
  return [t('plan-rolled', { name, opened, closed, price: price(averagePrice) })];
}

function reducedLine(cut: RollCut, name: string, t: Words): string[] {
  const { outcome, reopenedQuantity } = cut.roll;
  if (!becameReduction(cut) || !outcome) return [];
  if (reopenedQuantity && cut.filledQuantity) {
    const rest = quantity(cut.filledQuantity.minus(reopenedQuantity));
    return [t('plan-roll-partly', { name, rest })];
  }
  if (outcome.kind === 'rehearsed') return [t('plan-roll-rehearsed', { name })];
  const key = outcome.kind === 'unknown' ? 'plan-roll-unknown' : 'plan-roll-reduced';
  return [t(key, { name, reason: outcomeReason(outcome, t) })];
}
