import { describe, expect, test } from 'vitest';
import { Decimal, ZERO } from '../../../src/core/decimal.ts';
import type { Adjustment } from '../../../src/systems/balancer/adjustment.ts';
import type { EmergencyPlan } from '../../../src/systems/balancer/emergency.ts';
import { decreasesWithin, thriftyRescue } from '../../../src/systems/balancer/thrift.ts';

function move(name: string, fromUsd: number, toUsd: number): Adjustment {
  return {
    symbol: `t${name}F0:USTF0` as Adjustment['symbol'],
    positionId: name,
    fromUsd: new Decimal(fromUsd),
    toUsd: new Decimal(toUsd),
    rateBeforePct: 1,
    rateAfterPct: 3,
    distanceBefore: 0.01,
  };
}

function rescue(toUsd: number, donors: readonly number[]): EmergencyPlan {
  return {
    symbol: move('AAA', 0, 0).symbol,
    reason: 'rate',
    donors: donors.map((usd, i) => move(`D${i}`, 1_000, 1_000 - usd)),
    receiver: move('AAA', 1_000, toUsd),
    missingUsd: ZERO,
  };
}

describe('a rescue under the limit of writes', () => {
  test('is untouched while there are plenty', () => {
    const plan = rescue(1_001, [1]);
    expect(thriftyRescue(plan, 90, ZERO)).toBe(plan);
  });

  test('of a trivial amount is left out when few are left, a large one is not', () => {
    expect(thriftyRescue(rescue(1_010, []), 5, new Decimal(500))).toBeNull();
    expect(thriftyRescue(rescue(1_300, []), 5, new Decimal(500))).not.toBeNull();
    expect(thriftyRescue(rescue(9_000, []), 0, new Decimal(9_000))).toBeNull();
  });

  test('keeps the last write for the receiver and asks for what then arrives', () => {
    const plan = thriftyRescue(rescue(1_600, [200, 200, 200]), 3, ZERO);
    expect(plan?.donors).toHaveLength(2);
    expect(plan?.receiver?.toUsd.toFixed()).toBe('1400');
    expect(plan?.missingUsd.toFixed()).toBe('200');
  });

  test('with a single write left is paid from free balance or not at all', () => {
    expect(thriftyRescue(rescue(1_600, [600]), 1, ZERO)).toBeNull();
    const free = thriftyRescue(rescue(1_600, [400]), 1, new Decimal(250));
    expect(free?.donors).toEqual([]);
    expect(free?.receiver?.toUsd.toFixed()).toBe('1250');
  });
});

describe('a routine plan under the limit of writes', () => {
  test.each([
    [3, 2, 5, 3],
    [3, 2, 4, 2],
    [1, 1, 1, 0],
    [4, 0, 3, 1],
    [2, 2, 0, 0],
  ])('%d decreases for %d increases with %d writes left: %d begin', (down, up, left, begun) => {
    expect(decreasesWithin(down, up, left)).toBe(begun);
  });
});
