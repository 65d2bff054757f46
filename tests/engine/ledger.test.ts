import { describe, expect, test } from 'vitest';
import { Decimal } from '../../src/core/decimal.ts';
import { isSamePosition, type Position } from '../../src/core/position.ts';
import { parseSymbol } from '../../src/core/symbol.ts';
import { Ledger } from '../../src/engine/ledger.ts';
import { type BalancerSettings, balancerSettingsSchema } from '../../src/systems/balancer/index.ts';

const BTC = parseSymbol('tBTCF0:USTF0');
const settings: BalancerSettings = balancerSettingsSchema.parse({});
const NOBODY = new Set<never>();
const rules = {
  symbol: BTC,
  maintenanceRate: new Decimal('0.005'),
  initialRate: new Decimal('0.01'),
  minQuantity: new Decimal('0.0001'),
  maxQuantity: new Decimal(100),
};
const position: Position = {
  id: '7',
  symbol: BTC,
  side: 'long',
  quantity: new Decimal('0.5'),
  entryPrice: new Decimal(60_000),
  collateralUsd: new Decimal('3000.25'),
  collateralMinUsd: new Decimal(300),
  liquidationPrice: new Decimal(54_300),
  leverage: new Decimal(10),
};
const again = (): Position => ({ ...position, collateralUsd: new Decimal('3000.250') });

function ledgerWithLeg(): Ledger {
  const ledger = new Ledger(settings);
  ledger.setRules(new Map([[BTC, rules]]));
  ledger.applyMark({ symbol: BTC, price: new Decimal(61_000), at: 1 }, { elapsedMs: 1, wallAt: 1 });
  ledger.replacePositions([position], 1, NOBODY);
  return ledger;
}

test('a position of which the venue says the same again keeps its leg', () => {
  const ledger = ledgerWithLeg();
  const leg = ledger.leg(BTC);
  expect(leg).toMatchObject({ collateralUsd: 3000.25, markPrice: 61_000, weight: 1, priority: 50 });
  ledger.replacePositions([again()], 2, NOBODY);
  expect(ledger.leg(BTC)).toBe(leg);
  expect(ledger.snapshotAt).toBe(2);
});

test('whatever a leg is made of shows in it at the next rebuild', () => {
  const ledger = ledgerWithLeg();
  const mark = { symbol: BTC, price: new Decimal(61_500), at: 2 };
  ledger.applyMark(mark, { elapsedMs: 2, wallAt: 2 });
  ledger.setWeights(new Map([[BTC, { weight: 1.5, source: 'measured' }]]));
  ledger.setRules(new Map([[BTC, { ...rules, maintenanceRate: new Decimal('0.006') }]]));
  ledger.setSettings({ ...settings, position_priority: { default: 50, [BTC]: 90 } });
  const more = { ...position, collateralUsd: new Decimal(3_500) };
  ledger.replacePositions([more], 3, NOBODY);
  expect(ledger.leg(BTC)).toMatchObject({
    ...{ collateralUsd: 3_500, markPrice: 61_500, weight: 1.5, weightSource: 'measured' },
    ...{ maintenanceRate: 0.006, priority: 90 },
  });
  expect(ledger.totals.collateralUsd).toBe(3_500);
});

test('two readings are the same only when every field is', () => {
  expect(isSamePosition(position, again())).toBe(true);
  const others: readonly Partial<Position>[] = [
    { id: '8' },
    { side: 'short' },
    { quantity: new Decimal('0.50000001') },
    { entryPrice: new Decimal(60_001) },
    { collateralUsd: new Decimal('3000.26') },
    { collateralMinUsd: null },
    { liquidationPrice: new Decimal(54_301) },
    { leverage: null },
  ];
  for (const other of others) {
    expect(isSamePosition(position, { ...position, ...other })).toBe(false);
    expect(isSamePosition({ ...position, ...other }, position)).toBe(false);
  }
});

describe('what a leg has lost in a fall', () => {
  const fallen = (mode: BalancerSettings['allocation']['mode'] = 'equal_distance') => {
    const ledger = ledgerWithLeg();
    ledger.setSettings({ ...settings, allocation: { ...settings.allocation, mode } });
    const leg = ledger.leg(BTC);
    if (!leg) throw new Error('expected a leg');
    const urged = ledger.urge(leg, 20, 3);
    expect(urged.fallPct).toBe(3);
    return { ledger, urged };
  };
  const more = { ...position, collateralUsd: new Decimal(3_500) };

  test('goes on counting after our own write, until the next mark tells', () => {
    const { ledger, urged } = fallen();
    expect(urged.urgentWeight).toBeGreaterThan(1);
    ledger.settleCollateral(BTC, new Decimal(3_500));
    const { fallPct, urgentWeight } = urged;
    expect(ledger.leg(BTC)).toMatchObject({ collateralUsd: 3_500, fallPct, urgentWeight });
    expect(ledger.totals.weightedNotionalUsd).toBeCloseTo(0.5 * 61_000 * (urgentWeight ?? 0), 6);
    const mark = { symbol: BTC, price: new Decimal(61_001), at: 9 };
    const next = ledger.applyMark(mark, { elapsedMs: 9, wallAt: 9 });
    if (!next) throw new Error('expected a leg');
    expect(ledger.urge(next, 0, 0)).toMatchObject({ fallPct: 0, urgentWeight: 1 });
  });

  test('goes on counting after a frame or a read of the same position', () => {
    const byFrame = fallen();
    byFrame.ledger.applyPosition(more, 5);
    const byRead = fallen();
    byRead.ledger.replacePositions([more], 5, NOBODY);
    for (const { ledger, urged } of [byFrame, byRead]) {
      const { fallPct, urgentWeight } = urged;
      expect(ledger.leg(BTC)).toMatchObject({ collateralUsd: 3_500, fallPct, urgentWeight });
    }
  });

  test.each([{ id: '8' }, { side: 'short' as const }])('is not that of another: %j', (change) => {
    const byFrame = fallen();
    byFrame.ledger.applyPosition({ ...position, ...change }, 5);
    const byRead = fallen();
    byRead.ledger.replacePositions([{ ...position, ...change }], 5, NOBODY);
    for (const { ledger } of [byFrame, byRead]) {
      expect(ledger.leg(BTC)?.fallPct).toBeUndefined();
      expect(ledger.leg(BTC)?.urgentWeight).toBeUndefined();
    }
  });

  test('never weighs less than the own weight, and nothing where weights are fixed', () => {
    const heavier = fallen().ledger;
    heavier.setWeights(new Map([[BTC, { weight: 9, source: 'measured' }]]));
    expect(heavier.leg(BTC)).toMatchObject({ weight: 9, urgentWeight: 9, fallPct: 3 });
    const { ledger } = fallen();
    const allocation = { ...settings.allocation, mode: 'risk_weight' as const };
    ledger.setSettings({ ...settings, allocation });
    ledger.settleCollateral(BTC, new Decimal(3_500));
    expect(ledger.leg(BTC)?.urgentWeight).toBeUndefined();
    expect(ledger.leg(BTC)?.fallPct).toBe(3);
  });

  test('that is over leaves nothing behind for a weight that becomes less', () => {
    const ledger = ledgerWithLeg();
    ledger.setWeights(new Map([[BTC, { weight: 1.5, source: 'measured' }]]));
    const leg = ledger.leg(BTC);
    if (!leg) throw new Error('expected a leg');
    const calm = ledger.urge(ledger.urge(leg, 20, 3), 0, 0);
    expect(calm).toMatchObject({ fallPct: 0, urgentWeight: 1.5 });
    ledger.setWeights(new Map([[BTC, { weight: 1.2, source: 'measured' }]]));
    expect(ledger.leg(BTC)).toMatchObject({ weight: 1.2 });
    expect(ledger.leg(BTC)?.urgentWeight ?? 1.2).toBe(1.2);
  });
});

test('a weight measured before a position was closed is only last known when it comes back', () => {
  const ledger = ledgerWithLeg();
  ledger.setWeights(new Map([[BTC, { weight: 1.5, source: 'measured' }]]));
  expect(ledger.leg(BTC)).toMatchObject({ weight: 1.5, weightSource: 'measured' });
  ledger.replacePositions([], 2, NOBODY);
  ledger.setWeights(new Map());
  ledger.applyPosition(position, 3);
  ledger.applyMark({ symbol: BTC, price: new Decimal(61_000), at: 3 }, { elapsedMs: 3, wallAt: 3 });
  expect(ledger.leg(BTC)).toMatchObject({ weight: 1.5, weightSource: 'stale' });
});
