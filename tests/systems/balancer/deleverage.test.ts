import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decimal } from '../../../src/core/decimal.ts';
import { SLIPPAGE_RATE, TAKER_FEE_RATE } from '../../../src/systems/balancer/closing.ts';
import {
  type DeleveragePlan,
  needUsd,
  planDeleverage,
  shortfall,
} from '../../../src/systems/balancer/deleverage.ts';
import {
  type Book,
  type Leg,
  notionalUsd,
  unrealizedPnlUsd,
  withCollateral,
} from '../../../src/systems/balancer/model.ts';
import type { BalancerSettings } from '../../../src/systems/balancer/settings.ts';
import { arbitraryBook, bookOf, makeBook, makeLeg, makeSettings } from './make.ts';

const settings = makeSettings();
const cost = (notional: number) => (TAKER_FEE_RATE + SLIPPAGE_RATE) * notional;

describe('the shortfall', () => {
  test('is what the positions need beyond collateral and free balance', () => {
    // Three times 100 of maintenance, and a loss of 800; the second needs its minimum of 200.
    const book = makeBook(
      50,
      { mark: 92, collateral: 900 },
      { name: 'BBB', mark: 110, collateral: 220 },
    );
    expect(book.legs.map((leg) => needUsd(leg, settings))).toEqual([1_100, 200]);
    expect(shortfall(book, settings)).toBe(1_300 - 50 - 1_120);
  });

  test('is not covered by profit of another position', () => {
    const loser = { mark: 92, collateral: 900 };
    const poor = makeBook(0, loser, { name: 'BBB', mark: 110, collateral: 200 });
    const rich = makeBook(0, loser, { name: 'BBB', mark: 190, collateral: 200 });
    expect(shortfall(rich, settings)).toBe(shortfall(poor, settings));
  });
});

describe('a liquidation plan', () => {
  const loser = { mark: 92, collateral: 1_050 };

  test('is none while nothing is short, or when switched off', () => {
    expect(planDeleverage(makeBook(50, loser), settings)).toBeNull();
    expect(planDeleverage(makeBook(0), settings)).toBeNull();
    const off = makeSettings({ liquidation: { enabled: false } });
    expect(planDeleverage(makeBook(0, loser), off)).toBeNull();
  });

  test('closes as much as covers the shortfall after fee and slippage', () => {
    // Short by 50. Closing all would relieve 1,100 − 800 − 15.18 of cost.
    const plan = planDeleverage(makeBook(0, loser), settings);
    const relief = 300 - cost(9_200);
    expect(plan?.shortfallUsd.toNumber()).toBe(50);
    expect(plan?.remainingUsd.toNumber()).toBe(0);
    const [cut] = plan?.reductions ?? [];
    expect(cut).toMatchObject({ side: 'long', priority: 50, positionId: 'id-AAA' });
    expect(cut?.quantity.toNumber()).toBeCloseTo(100 * (50 / relief), 7);
    expect(cut?.quantity.decimalPlaces()).toBeLessThanOrEqual(8);
    expect(cut?.sharePct).toBeCloseTo((50 / relief) * 100, 6);
    expect(cut?.relievesUsd.toNumber()).toBe(50);
    expect(cut?.notionalUsd.toNumber()).toBeCloseTo(9_200 * (50 / relief), 1);
  });

  test('FR-7 reduces the lowest position_priority first', () => {
    const book = makeBook(
      0,
      { ...loser, name: 'HIGH', priority: 90, collateral: 1_000 },
      { ...loser, name: 'LOW', priority: 10, collateral: 1_090 },
      { ...loser, name: 'MID', priority: 50, collateral: 1_090 },
    );
    // 120 short; a quarter of each relieves 71.
    const order = planDeleverage(book, settings)?.reductions.map((cut) => cut.priority);
    expect(order).toEqual([10, 50]);
  });

  test('takes, among equals, the one that relieves most per notional closed: a winner', () => {
    // The winner needs 200 and holds 2,000 of profit: closing it frees 2,200 of 12,000.
    const winner = { name: 'WIN', mark: 120, collateral: 200 };
    const plan = planDeleverage(makeBook(0, loser, winner), settings);
    expect(plan?.reductions.map((cut) => cut.symbol)).toEqual(['tWINF0:USTF0']);
    expect(plan?.reductions[0]?.sharePct).toBeCloseTo((50 / (2_200 - cost(12_000))) * 100, 6);
  });

  test('FR-8 closes at most max_single_close_pct of a position, and names what remains', () => {
    const plan = planDeleverage(makeBook(0, { ...loser, collateral: 950 }), settings);
    expect(plan?.reductions[0]?.quantity.toNumber()).toBe(25);
    const relief = (300 - cost(9_200)) / 4;
    expect(plan?.shortfallUsd.toNumber()).toBe(150);
    expect(plan?.remainingUsd.toNumber()).toBe(Math.ceil((150 - relief) * 100) / 100);
    const half = makeSettings({ liquidation: { max_single_close_pct: 50 } });
    expect(
      planDeleverage(makeBook(0, { ...loser, collateral: 950 }), half)?.reductions,
    ).toMatchObject([{ sharePct: 50 }]);
  });

  test('closes at least the smallest order, and nothing where that is above the cap', () => {
    const small = { ...loser, collateral: 1_099 };
    const plan = planDeleverage(makeBook(0, { ...small, minQuantity: 10 }), settings);
    expect(plan?.reductions[0]?.quantity.toNumber()).toBe(10);
    const none = planDeleverage(makeBook(0, { ...small, minQuantity: 26 }), settings);
    expect(none).toMatchObject({ reductions: [] });
    expect(none?.remainingUsd.toNumber()).toBe(1);
  });

  test('leaves no rest that is too small to be closed later', () => {
    const all = { liquidation: { max_single_close_pct: 100 } };
    const book = makeBook(0, { ...loser, collateral: 850, minQuantity: 20 });
    // 250 of 284.82 would leave 12.2 units: the whole position goes.
    const whole = planDeleverage(book, makeSettings(all));
    expect(whole?.reductions[0]?.quantity.toNumber()).toBe(100);
    const most = { liquidation: { max_single_close_pct: 90 } };
    const part = planDeleverage(book, makeSettings(most));
    expect(part?.reductions[0]?.quantity.toNumber()).toBe(80);
  });

  test('passes over positions whose closing relieves nothing after costs', () => {
    const costly = { name: 'BBB', priority: 1, maintenanceRate: 0.0005, min: 0, collateral: 0 };
    const plan = planDeleverage(makeBook(15, costly, { ...loser, collateral: 1_050 }), settings);
    expect(plan?.reductions.map((cut) => cut.symbol)).toEqual(['tAAAF0:USTF0']);
  });
});

describe('for any book, a liquidation plan', () => {
  const arbitraryRules = fc.record({
    max_single_close_pct: fc.constantFrom(10, 25, 50, 100),
    safety_margin_multiplier: fc.constantFrom(1, 3, 8),
  });

  function forAnyPlan(check: (book: Book, plan: DeleveragePlan, using: BalancerSettings) => void) {
    let plans = 0;
    fc.assert(
      fc.property(arbitraryBook(), arbitraryRules, (full, liquidation) => {
        const using = makeSettings({ liquidation });
        const book = thinned(full);
        const plan = planDeleverage(book, using);
        if (!plan) return;
        plans += 1;
        check(book, plan, using);
      }),
      { numRuns: 1_500 },
    );
    expect(plans).toBeGreaterThan(500);
  }

  test('once carried out at the mark ends the shortfall or names the rest exactly', () => {
    forAnyPlan((book, plan, using) => {
      const left = shortfall(carriedOut(book, plan), using);
      const named = plan.remainingUsd.toNumber();
      if (named > 0) expect(Math.abs(left - named)).toBeLessThanOrEqual(0.01 + 1e-6);
      else expect(left).toBeLessThanOrEqual(1e-6);
    });
  });

  test('keeps to the cap, to whole orders and to eight places', () => {
    forAnyPlan((book, plan, using) => {
      for (const cut of plan.reductions) {
        const leg = book.legs.find((each) => each.symbol === cut.symbol) ?? makeLeg();
        const capPct = using.liquidation.max_single_close_pct;
        expect(cut.quantity.decimalPlaces()).toBeLessThanOrEqual(8);
        expect(cut.quantity.lte(leg.quantityExact.times(capPct).div(100))).toBe(true);
        expect(cut.quantity.gte(leg.minQuantity)).toBe(true);
        const rest = leg.quantityExact.minus(cut.quantity);
        expect(rest.isZero() || rest.gte(leg.minQuantity)).toBe(true);
        expect(cut.relievesUsd.gte(0)).toBe(true);
      }
    });
  });

  test('touches a higher priority only after every lower one that helps is at its cap', () => {
    forAnyPlan((_, plan) => {
      const priorities = plan.reductions.map((cut) => cut.priority);
      expect(priorities).toEqual([...priorities].sort((a, b) => a - b));
    });
  });

  test('closes no more than covers the shortfall, beyond the smallest order', () => {
    forAnyPlan((book, plan) => {
      const covered = plan.reductions.slice(0, -1);
      const relieved = covered.reduce((sum, cut) => sum + cut.relievesUsd.toNumber(), 0);
      if (book.legs.length > 1) expect(relieved).toBeLessThan(plan.shortfallUsd.toNumber());
    });
  });
});

/** The same positions with much less money behind them. */
function thinned(full: Book): Book {
  const legs = full.legs.map((leg) => withCollateral(leg, leg.collateralExact.div(8)));
  return bookOf(full.availableUsd / 20, legs);
}

/** What the model says happens: pro rata requirement, realised result, fee and slippage. */
function carriedOut(book: Book, plan: DeleveragePlan): Book {
  let available = book.availableUsd;
  const legs: Leg[] = [];
  for (const leg of book.legs) {
    const cut = plan.reductions.find((each) => each.symbol === leg.symbol);
    const share = cut ? cut.quantity.div(leg.quantityExact).toNumber() : 0;
    available += share * (unrealizedPnlUsd(leg) - cost(notionalUsd(leg)));
    if (share === 1) available += leg.collateralUsd;
    else legs.push(reduced(leg, share));
  }
  return bookOf(available, legs);
}

function reduced(leg: Leg, share: number): Leg {
  const quantity = leg.quantity * (1 - share);
  const minUsd = leg.minUsd * (1 - share);
  return { ...leg, quantity, quantityExact: new Decimal(quantity), minUsd };
}
