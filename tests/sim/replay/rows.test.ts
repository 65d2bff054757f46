import { describe, expect, test } from 'vitest';
import { survivalChart } from '../../../src/sim/replay/chart.ts';
import { limitsAt, pooled, type Row, rowOf, type Sample } from '../../../src/sim/replay/rows.ts';
import { pooledTable, tableOf } from '../../../src/sim/replay/table.ts';

const KEY = { window: 'w', policy: 'equal_distance', leverage: 5, bias: 'mixed' } as const;

function sample(changes: Partial<Sample>): Sample {
  return {
    index: 0,
    liquidations: 0,
    liquidatedUsd: 0,
    equityUsd: 100,
    hours: 2,
    writes: 10,
    worstMinute: 4,
    topUps: 1,
    reductions: 0,
    rolls: 0,
    avoidable: null,
    avoidableEarlier: null,
    crossSurvives: true,
    ceilingSurvives: true,
    crossEquityUsd: 120,
    noneEquityUsd: 80,
    crossDeleveragedEquityUsd: 140,
    notionalUsd: 1_000,
    ...changes,
  };
}

const row = rowOf(KEY, [
  sample({}),
  sample({ liquidations: 2, liquidatedUsd: 500, equityUsd: 20, worstMinute: 9 }),
  sample({ liquidations: 1, ceilingSurvives: false, equityUsd: 60, writes: 40, hours: 1 }),
  sample({ liquidations: 1, crossSurvives: false, ceilingSurvives: false, crossEquityUsd: 0 }),
]);

describe('a row', () => {
  test('matches survivors with survivors', () => {
    expect(row).toMatchObject({ portfolios: 4, crossSurvivors: 3, ceilingSurvivors: 2 });
    expect(row.noLiquidation).toBe(0.25);
    expect(row.matchedSurvival).toBeCloseTo(1 / 3, 3);
    expect(row.ofCeiling).toBe(0.5);
  });

  test('compares mean final equity and counts writes by the hours lived', () => {
    expect(row.equityVsCross).toBeCloseTo(280 / 360, 3);
    expect(row.equityVsNone).toBeCloseTo(280 / 320, 3);
    expect(row.equityVsCrossDeleveraged).toBe(0.5);
    expect(row.liquidatedNotionalShare).toBe(0.125);
    expect(row.writesPerHour).toBe(10);
    expect(row.writesWorstMinute).toBe(9);
  });

  test('counts liquidations, and the avoidable ones where somebody looked', () => {
    expect([row.liquidations, row.avoidable]).toEqual([4, null]);
    const looked = rowOf(KEY, [
      sample({ avoidable: 2, avoidableEarlier: 1, liquidations: 3 }),
      sample({ avoidable: 0, avoidableEarlier: 0 }),
    ]);
    expect([looked.liquidations, looked.avoidable, looked.avoidableEarlier]).toEqual([3, 2, 1]);
    expect(tableOf([looked])).toContain('2+1/3');
  });

  test('has no share of nothing', () => {
    const lost = rowOf(KEY, [sample({ crossSurvives: false, ceilingSurvives: false })]);
    expect([lost.matchedSurvival, lost.ofCeiling]).toEqual([null, null]);
    expect(tableOf([lost])).toContain('–');
  });
});

test('a lost account is worth nothing, a living one its pool and its results', () => {
  const bounds = { crossNeedUsd: 90, ceilingNeedUsd: 110, pnlAtEndUsd: 7, notionalUsd: 1_000 };
  expect(limitsAt(bounds, 100)).toEqual({
    crossSurvives: true,
    ceilingSurvives: false,
    crossEquityUsd: 107,
    ceilingEquityUsd: 0,
  });
});

test('rows are pooled by survivors, in the table and in the picture', () => {
  const few: Row = { ...row, crossSurvivors: 10, matchedSurvival: 0.5, ceilingSurvivors: 0 };
  const many: Row = { ...row, crossSurvivors: 30, matchedSurvival: 0.9, ceilingSurvivors: 20 };
  const [group] = pooled([
    { ...few, ofCeiling: null },
    { ...many, ofCeiling: 0.95 },
  ]);
  expect(group).toMatchObject({ portfolios: 8, matchedSurvival: 0.8, ofCeiling: 0.95 });
  expect(pooledTable([group ?? never()])).toContain('80.0 %');
  const { lines } = survivalChart([few, many, { ...few, leverage: 3, crossSurvivors: 0 }]);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.points[0]).toEqual([3, null]);
  expect(lines[0]?.points[1]?.[1]).toBeCloseTo(80, 10);
});

function never(): never {
  throw new RangeError('expected a group');
}
