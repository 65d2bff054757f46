import { describe, expect, test } from 'vitest';
import { accountMarginRatePct, warningState } from '../../../src/systems/balancer/account.ts';
import { totalsOf } from '../../../src/systems/balancer/totals.ts';
import { makeLeg } from './make.ts';

test('the account margin rate is free balance and equity over notional', () => {
  const legs = [makeLeg({ mark: 95 }), makeLeg({ name: 'BBB', mark: 102, side: 'short' })];
  // 400 free, equity 500 and 800, notional 9,500 and 10,200.
  expect(accountMarginRatePct(totalsOf(legs), 400)).toBeCloseTo((1_700 / 19_700) * 100, 12);
});

test('the account margin rate of no positions is unknown', () => {
  expect(accountMarginRatePct(totalsOf([]), 400)).toBeNull();
});

describe('FR-19 the early warning', () => {
  const states = (rates: readonly number[]) => {
    let active = false;
    return rates.map((rate) => {
      active = warningState(active, rate, 3);
      return active;
    });
  };

  test('comes on below the limit, once per crossing', () => {
    expect(states([3.5, 3, 2.99, 2.5])).toEqual([false, false, true, true]);
  });

  test('goes off only above 1.1 times the limit, so that it does not flicker', () => {
    expect(states([2.9, 3.1, 2.9, 3.3, 3.31, 3.1])).toEqual([true, true, true, true, false, false]);
  });
});
