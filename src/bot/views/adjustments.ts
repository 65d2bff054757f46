/** Collateral moves as rows, and what went wrong with them in words. */
import type { AdjustmentReport } from '../../core/notice.ts';
import type { Reader } from '../i18n/reader.ts';
import type { Words } from '../i18n/words.ts';
import { shortUsd } from './format.ts';
import { type NameOf, namesFor } from './names.ts';
import { OUTCOME_MARK, troubleLine } from './outcome.ts';
import { alignRows } from './table.ts';

/** `✓ BTC  1,234→1,500  2.10→2.55%`; without outcomes, as in a plan, without the mark. */
export function adjustmentRows(adjustments: readonly AdjustmentReport[], reader: Reader): string[] {
  const nameOf = namesOf(adjustments);
  const hasOutcomes = adjustments.some(({ outcome }) => outcome !== undefined);
  const rows = adjustments.map((move) => {
    const name = nameOf(move.symbol);
    const mark = move.outcome ? OUTCOME_MARK[move.outcome.kind] : ' ';
    return [
      hasOutcomes ? `${mark} ${name}` : name,
      shortUsd(move.fromUsd, reader),
      `→${shortUsd(move.toUsd, reader)}`,
      `${move.rateBeforePct.toFixed(2)}→${move.rateAfterPct.toFixed(2)}%`,
    ];
  });
  return alignRows(rows, ['left', 'right', 'left', 'right']);
}

/** One line for each move that was not carried out, or whose outcome is unknown. */
export function adjustmentTroubles(adjustments: readonly AdjustmentReport[], t: Words): string[] {
  const nameOf = namesOf(adjustments);
  return adjustments.flatMap(({ symbol, outcome }) => troubleLine(nameOf(symbol), outcome, t));
}

function namesOf(adjustments: readonly AdjustmentReport[]): NameOf {
  return namesFor(adjustments.map(({ symbol }) => symbol));
}
