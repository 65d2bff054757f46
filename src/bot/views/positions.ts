/** The list of positions, worst first, in pages that fit a phone. */
import type { PositionView } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';
import { clockTime, rate, share, shortUsd } from './format.ts';
import { type NameOf, namesFor } from './names.ts';
import { DOT, ROW_MARK, severityOf } from './severity.ts';
import { alignRows, beforeAfter } from './table.ts';
import { type Block, type Buttons, compose, type View } from './view.ts';

export const POSITIONS_PER_PAGE = 12;

export interface PositionsModel {
  /** All of them, worst first. */
  readonly positions: readonly PositionView[];
  readonly emergencyRatePct: number;
  readonly banner: readonly string[];
  readonly at: number;
}

export function pageCount(positions: number): number {
  return Math.max(1, Math.ceil(positions / POSITIONS_PER_PAGE));
}

/** `page` counts from 0; a page past the end shows the last one. */
export function positionsView(
  model: PositionsModel,
  page: number,
  t: Words,
  buttons: (page: number, pages: number) => Buttons,
): View {
  const { positions } = model;
  if (positions.length === 0) return compose([t('positions-none'), ...model.banner]);
  const pages = pageCount(positions.length);
  const shown = Math.min(Math.max(0, page), pages - 1);
  const from = shown * POSITIONS_PER_PAGE;
  const slice = positions.slice(from, from + POSITIONS_PER_PAGE);
  const nameOf = namesFor(positions.map(({ symbol }) => symbol));
  const title = t('positions-title', {
    from: from + 1,
    to: from + slice.length,
    total: positions.length,
  });
  const blocks: Block[] = [
    title,
    countsLine(model),
    ...model.banner,
    { rows: rowsOf(slice, model.emergencyRatePct, nameOf, t) },
    ...notes(slice, nameOf, t),
    t('as-of', { time: clockTime(model.at, t) }),
  ];
  return compose(blocks, buttons(shown, pages));
}

function countsLine({ positions, emergencyRatePct }: PositionsModel): string {
  const counts = { critical: 0, watch: 0, calm: 0 };
  for (const position of positions) counts[severityOf(position, emergencyRatePct)] += 1;
  return (['critical', 'watch', 'calm'] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${DOT[severity]}${ROW_MARK[severity]} ${counts[severity]}`)
    .join('  ');
}

function rowsOf(
  positions: readonly PositionView[],
  emergencyRatePct: number,
  nameOf: NameOf,
  t: Words,
): string[] {
  const head = ['', '', t('column-rate'), t('column-distance')];
  const body = positions.map((position) => [
    nameOf(position.symbol) + ROW_MARK[severityOf(position, emergencyRatePct)],
    t(`side-short-${position.side}`),
    rate(position.marginRatePct),
    share(position.distance),
  ]);
  const collaterals = beforeAfter([
    [t('column-collateral'), ''],
    ...positions.map(({ collateralUsd, targetUsd }): [string, string] => [
      shortUsd(collateralUsd, t),
      shortUsd(targetUsd, t),
    ]),
  ]);
  const rows = [head, ...body].map((cells, row) => [...cells, collaterals[row] ?? '']);
  return alignRows(rows, ['left', 'left', 'right', 'right', 'left']);
}

function notes(positions: readonly PositionView[], nameOf: NameOf, t: Words): string[] {
  const named = (wanted: (position: PositionView) => boolean) =>
    positions
      .filter(wanted)
      .map(({ symbol }) => nameOf(symbol))
      .join(', ');
  const fenced = named((position) => position.fenced);
  const unpriced = named((position) => position.markPrice === null);
  const lines: string[] = [];
  if (fenced) lines.push(t('positions-fenced', { names: fenced }));
  if (unpriced) lines.push(t('positions-unpriced', { names: unpriced }));
  return lines;
}
