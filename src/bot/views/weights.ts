/** Risk weights and where each comes from, heaviest first. */
import type { PositionView } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';
import { shortUsd } from './format.ts';
import { namesFor } from './names.ts';
import { alignRows } from './table.ts';
import { type Buttons, compose, type View } from './view.ts';

export function weightsView(
  positions: readonly PositionView[],
  t: Words,
  buttons: Buttons = [],
): View {
  if (positions.length === 0) return compose([t('positions-none')]);
  const nameOf = namesFor(positions.map(({ symbol }) => symbol));
  const sorted = [...positions].sort((a, b) => b.weight - a.weight);
  const head = ['', t('column-weight'), '', t('column-notional'), t('column-priority')];
  const body = sorted.map((position) => [
    nameOf(position.symbol),
    position.weight.toFixed(2),
    t(`weight-${position.weightSource}`),
    shortUsd(position.notionalUsd, t),
    String(position.priority),
  ]);
  const rows = alignRows([head, ...body], ['left', 'right', 'left', 'right', 'right']);
  return compose([t('weights-title'), { rows }, t('weights-hint')], buttons);
}
