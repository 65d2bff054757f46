/** Cuts of positions as rows, what was filled of them, and what went wrong in words. */
import type { ReductionReport } from '../../core/notice.ts';
import type { Words } from '../i18n/words.ts';
import { price, quantity, shortUsd } from './format.ts';
import { escapeHtml } from './html.ts';
import { namesFor } from './names.ts';
import { OUTCOME_MARK, troubleLine } from './outcome.ts';
import { alignRows } from './table.ts';

type Reductions = readonly ReductionReport[];
type Figure = 'quantity' | 'notional' | 'relieves';

const SHOWN: Readonly<Record<Figure, (cut: ReductionReport, t: Words) => string>> = {
  quantity: (cut) => quantity(cut.quantity),
  notional: (cut, t) => shortUsd(cut.notionalUsd, t),
  relieves: (cut, t) => shortUsd(cut.relievesUsd, t),
};

/** `✓ BTC L 25% 12,345 1,300`: the share to close, then the figures asked for. */
export function reductionRows(
  reductions: Reductions,
  figures: readonly [Figure, Figure],
  t: Words,
): string[] {
  const nameOf = namesFor(reductions.map(({ symbol }) => symbol));
  const head = ['', '', t('column-close'), ...figures.map((figure) => t(`column-${figure}`))];
  const body = reductions.map((cut) => [
    (cut.outcome ? `${OUTCOME_MARK[cut.outcome.kind]} ` : '') + nameOf(cut.symbol),
    t(`side-short-${cut.side}`),
    cut.sharePct < 0.5 ? '<1%' : `${cut.sharePct.toFixed(0)}%`,
    ...figures.map((figure) => SHOWN[figure](cut, t)),
  ]);
  // Escaped last: columns are measured by what is shown.
  return alignRows([head, ...body], ['left', 'left', 'right', 'right', 'right']).map(escapeHtml);
}

export function fillLines(reductions: Reductions, t: Words): string[] {
  const nameOf = namesFor(reductions.map(({ symbol }) => symbol));
  return reductions.flatMap((cut) => {
    if (!cut.filledQuantity || !cut.averagePrice) return [];
    return t('plan-filled', {
      name: nameOf(cut.symbol),
      filled: quantity(cut.filledQuantity),
      wanted: quantity(cut.quantity),
      price: price(cut.averagePrice),
    });
  });
}

/** One line for each cut that was not carried out, or whose outcome is unknown. */
export function reductionTroubles(reductions: Reductions, t: Words): string[] {
  const nameOf = namesFor(reductions.map(({ symbol }) => symbol));
  return reductions.flatMap(({ symbol, outcome }) => troubleLine(nameOf(symbol), outcome, t));
}
