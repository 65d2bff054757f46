/** Collateral moves as rows, and what went wrong with them in words. */
import type { AdjustmentReport } from '../../core/notice.ts';
import type { Reader } from '../i18n/reader.ts';
import type { Words } from '../i18n/words.ts';
import { rate, shortChange } from './format.ts';
import { type NameOf, namesFor } from './names.ts';
import { OUTCOME_MARK, troubleLine } from './outcome.ts';
import { alignRows, beforeAfter } from './table.ts';

/** `✓ BTC 1,234→1,500 2.10→2.55%`; without outcomes, as in a plan, without the mark. */
export function adjustmentRows(adjustments: readonly AdjustmentReport[], reader: Reader): string[] {
  const nameOf = namesOf(adjustments);
  const hasOutcomes = adjustments.some(({ outcome }) => outcome !== undefined);
  const amounts = beforeAfter(
    adjustments.map(({ fromUsd, toUsd }) => shortChange(fromUsd, toUsd, reader)),
  );
  const rates = beforeAfter(
    adjustments.map((move) => [move.rateBeforePct.toFixed(2), rate(move.rateAfterPct)]),
  );
  const rows = adjustments.map(({ symbol, outcome }, row) => {
    const name = nameOf(symbol);
    const mark = outcome ? OUTCOME_MARK[outcome.kind] : ' ';
    return [hasOutcomes ? `${mark} ${name}` : name, amounts[row] ?? '', rates[row] ?? ''];
  });
  return alignRows(rows, ['left', 'right', 'right']);
}

/** One line for each move that was not carried out, or whose outcome is unknown. */
export function adjustmentTroubles(adjustments: readonly AdjustmentReport[], t: Words): string[] {
  const nameOf = namesOf(adjustments);
  return adjustments.flatMap(({ symbol, outcome }) => troubleLine(nameOf(symbol), outcome, t));
}

function namesOf(adjustments: readonly AdjustmentReport[]): NameOf {
  return namesFor(adjustments.map(({ symbol }) => symbol));
}
