import { expect, test } from 'vitest';
import {
  balancerSettingsSchema,
  createMarkWindow,
  decideRebalance,
  lostPct,
  planEmergency,
  recordMark,
  withUrgency,
} from '../../../src/systems/balancer/index.ts';
import { bookOf, makeLeg } from './make.ts';

const even = balancerSettingsSchema.parse({ allocation: { mode: 'equal_distance' } });
const byWeight = balancerSettingsSchema.parse({ allocation: { mode: 'risk_weight' } });

test('a position that lost seven percent in ten seconds is given room for fourteen', () => {
  const urged = withUrgency(makeLeg({ weight: 1.5 }), 7, 0.04, even);
  expect((urged.urgentWeight ?? 0) * 4).toBeCloseTo(14, 9);
});

test('in an account with next to nothing a percent lost counts as one unit of weight', () => {
  expect(withUrgency(makeLeg({ weight: 1.5 }), 7, 0.001, even).urgentWeight).toBe(7);
  expect(withUrgency(makeLeg({ weight: 1.5 }), 7, -0.01, even).urgentWeight).toBe(7);
});

test('a fall that the even distance covers twice changes nothing', () => {
  const calm = makeLeg({ weight: 1.5 });
  expect(withUrgency(calm, 7, 0.1, even)).toBe(calm);
});

test('a slow fall changes nothing, and the end of a fast one brings the own weight back', () => {
  const calm = makeLeg({ weight: 1.5 });
  expect(withUrgency(calm, 1.4, 0.001, even)).toBe(calm);
  expect(withUrgency(withUrgency(calm, 7, 0.01, even), 0, 0.01, even).urgentWeight).toBe(1.5);
});

test('in the mode of the requirements weights stay as they are', () => {
  const calm = makeLeg({ weight: 1.5 });
  expect(withUrgency(calm, 50, 0.001, byWeight)).toBe(calm);
});

test('a falling position is given a larger share than an equal one that stands still', () => {
  const legs = [makeLeg({ name: 'A' }), makeLeg({ name: 'B' })] as const;
  const [falling, calm] = legs;
  const before = decideRebalance(bookOf(1_000, [falling, calm]), even).targets;
  const urged = withUrgency(falling, 5, 0.02, even);
  const after = decideRebalance(bookOf(1_000, [urged, calm]), even).targets;
  expect(before[0]?.collateralUsd).toBeCloseTo(before[1]?.collateralUsd ?? 0, 6);
  expect(after[0]?.collateralUsd).toBeGreaterThan(after[1]?.collateralUsd ?? 0);
});

test('a fast fall alone brings a rescue from positions that stand still', () => {
  const falling = makeLeg({ name: 'A' });
  const calm = makeLeg({ name: 'B' });
  expect(planEmergency(bookOf(0, [falling, calm]), falling.symbol, even)).toBeNull();
  const urged = withUrgency(falling, 6, 0.02, even);
  const plan = planEmergency(bookOf(0, [urged, calm]), falling.symbol, even);
  expect(plan?.receiver?.toUsd.gt(falling.collateralExact)).toBe(true);
  expect(plan?.donors.map(({ symbol }) => symbol)).toEqual([calm.symbol]);
});

test('what was lost is measured from the best price of the last seconds, for each side', () => {
  const window = createMarkWindow();
  recordMark(window, 200, 80_000);
  recordMark(window, 110, 92_000);
  recordMark(window, 100, 100_000);
  expect(lostPct(window, 1, 100_000, 10)).toBeCloseTo(10, 9);
  expect(lostPct(window, -1, 100_000, 10)).toBe(0);
  recordMark(window, 125, 101_000);
  expect(lostPct(window, -1, 101_000, 10)).toBeCloseTo(20, 9);
  expect(lostPct(window, -1, 130_000, 10)).toBe(0);
});
