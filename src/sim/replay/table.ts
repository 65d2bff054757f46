/** The rows as a table for people. */
import type { Pooled, Row } from './rows.ts';

type Cell = string | number;

const HEAD = [
  'window',
  'bias',
  'lev',
  'policy',
  'cross',
  'ceiling',
  'unhurt',
  'of cross',
  'of ceiling',
  'eq/cross',
  'eq/none',
  'eq/cross-',
  'liquidated',
  'avoidable',
  'writes/h',
  'worst min',
  'top-ups',
  'cuts',
  'rolls',
];
const TEXT_COLUMNS = 4;

export function tableOf(rows: readonly Row[]): string {
  return aligned([
    HEAD,
    ...rows.map((row): Cell[] => [
      row.window,
      row.bias,
      `${row.leverage}x`,
      row.policy,
      row.crossSurvivors,
      row.ceilingSurvivors,
      percent(row.noLiquidation),
      percent(row.matchedSurvival),
      percent(row.ofCeiling),
      fixed(row.equityVsCross),
      fixed(row.equityVsNone),
      fixed(row.equityVsCrossDeleveraged),
      percent(row.liquidatedNotionalShare),
      row.avoidable === null ? '–' : `${row.avoidable}+${row.avoidableEarlier}/${row.liquidations}`,
      row.writesPerHour.toFixed(1),
      row.writesWorstMinute,
      row.topUps.toFixed(1),
      row.reductions.toFixed(1),
      row.rolls.toFixed(1),
    ]),
  ]);
}

export function pooledTable(groups: readonly Pooled[]): string {
  return aligned([
    ['all rows', 'bias', '', '', 'of cross', 'of ceiling'],
    ...groups.map((group): Cell[] => [
      group.policy,
      group.bias,
      '',
      '',
      percent(group.matchedSurvival),
      percent(group.ofCeiling),
    ]),
  ]);
}

function aligned(lines: readonly (readonly Cell[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => String(line[column] ?? '').length)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => {
          const text = String(cell);
          const width = widths[column] ?? 0;
          return column < TEXT_COLUMNS ? text.padEnd(width) : text.padStart(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(share * 100).toFixed(1)} %`;
}

function fixed(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}
