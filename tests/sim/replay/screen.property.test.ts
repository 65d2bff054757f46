/** The float screen may ask a production decider too often, never too rarely. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Planner } from '../../../src/sim/replay/planner.ts';
import { Screen } from '../../../src/sim/replay/screen.ts';
import {
  balancerSettingsSchema,
  decideRebalance,
  isEndangered,
  planDeleverage,
  planEmergency,
  reachableTotals,
} from '../../../src/systems/balancer/index.ts';
import { accountFrom, RULES } from './fixtures.ts';

const BASES = ['BTC', 'ETH', 'SOL', 'XRP', 'BNB', 'DOGE'];
const position = fc.record({
  side: fc.constantFrom(1, -1),
  notionalUsd: fc.double({ min: 1_000, max: 100_000, noNaN: true }),
  collateralShare: fc.double({ min: 0.006, max: 0.4, noNaN: true }),
  move: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
  spread: fc.double({ min: 0, max: 0.03, noNaN: true }),
  weight: fc.double({ min: 0.5, max: 3, noNaN: true }),
  fallPct: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 12, noNaN: true })),
});
const scene = fc.record({
  positions: fc.array(position, { minLength: 1, maxLength: BASES.length }),
  freeUsd: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 30_000, noNaN: true })),
  mode: fc.constantFrom('equal_distance' as const, 'risk_weight' as const),
  reserve: fc.constantFrom(0, 500),
  pessimistic: fc.boolean(),
});

type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never;

function build({ positions, freeUsd, mode, reserve, pessimistic }: Scene) {
  const settings = balancerSettingsSchema.parse({
    allocation: { mode, reserve_usdt: reserve },
    liquidation: { enabled: true },
  });
  const drafts = positions.map(({ side, notionalUsd, collateralShare, weight }, i) => ({
    base: BASES[i] ?? '',
    amount: side * Number((notionalUsd / 100).toPrecision(6)),
    entry: 100,
    collateralUsd: notionalUsd * collateralShare,
    weight,
  }));
  const account = accountFrom(drafts, freeUsd, { ...RULES, pessimistic });
  const prices = Float64Array.from(positions, ({ move }) => 100 * (1 + move));
  // As after the venue's own check: nobody past its liquidation price is left.
  prices.forEach((price, i) => {
    if (account.roomUsd(i, price) <= 0) account.liquidate(i);
  });
  const planner = new Planner(account);
  const view = { prices, base: 0, busy: null, availableCents: account.freeCents };
  return { account, settings, prices, planner, view, book: planner.book(view) };
}

test('an endangered position, and every rescue that moves something, passes the screen', () => {
  fc.assert(
    fc.property(scene, (drawn) => {
      const { account, settings, prices, planner, book } = build(drawn);
      const screen = new Screen(account, settings);
      const isAny = screen.mayEndanger(prices, 0);
      const totals = reachableTotals(book, settings.allocation.reserve_usdt);
      for (const leg of book.legs) {
        const i = planner.indexOf(leg.symbol);
        if (isEndangered(leg, totals, book.availableUsd, settings)) {
          expect(isAny && screen.endangered[i]).toBe(1);
        }
        const plan = planEmergency(book, leg.symbol, settings);
        if (plan?.receiver) expect(screen.endangered[i] === 1 && screen.mayHelp(i)).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('every scheduled move passes the screen', () => {
  fc.assert(
    fc.property(scene, (drawn) => {
      const { account, settings, prices, book } = build(drawn);
      const plan = decideRebalance(book, settings);
      if (plan.adjustments.length === 0) return;
      expect(new Screen(account, settings).mayRebalance(prices, 0)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('the shortfall of the screen is that of the deleverage planner', () => {
  fc.assert(
    fc.property(scene, (drawn) => {
      const { account, settings, prices, planner, view } = build({ ...drawn, reserve: 0 });
      drawn.positions.forEach(({ fallPct }, i) => {
        account.falls[i] = fallPct;
      });
      const book = planner.book(view);
      const plan = planDeleverage(book, settings);
      const short = new Screen(account, settings).shortfallUsd(prices, 0);
      if (plan) expect(short).toBeCloseTo(plan.shortfallUsd.toNumber(), 1);
      else expect(short).toBeLessThan(0.02);
    }),
    { numRuns: 500 },
  );
});

test('in a quiet minute no price inside it endangers anybody or makes the account short', () => {
  const inside = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
    minLength: BASES.length,
    maxLength: BASES.length,
  });
  let quiet = 0;
  fc.assert(
    fc.property(scene, inside, (drawn, shares) => {
      const { account, settings, prices, planner } = build(drawn);
      const spread = (i: number): number => drawn.positions[i]?.spread ?? 0;
      const lows = prices.map((price, i) => price * (1 - spread(i)));
      const highs = prices.map((price, i) => price * (1 + spread(i)));
      if (!new Screen(account, settings).isQuiet(lows, highs, 0, { before: 0 })) return;
      quiet += 1;
      const now = lows.map((low, i) => low + ((highs[i] ?? 0) - low) * (shares[i] ?? 0));
      // At most from the best price of this minute to the present one.
      now.forEach((price, i) => {
        const low = lows[i] ?? price;
        const isLong = (account.amounts[i] ?? 0) > 0;
        account.falls[i] = 100 * (isLong ? (highs[i] ?? price) / price - 1 : 1 - low / price);
      });
      const { freeCents } = account;
      const book = planner.book({ prices: now, base: 0, busy: null, availableCents: freeCents });
      const totals = reachableTotals(book, settings.allocation.reserve_usdt);
      for (const leg of book.legs) {
        expect(isEndangered(leg, totals, book.availableUsd, settings)).toBe(false);
      }
      expect(planDeleverage(book, settings)).toBeNull();
    }),
    { numRuns: 4_000 },
  );
  expect(quiet).toBeGreaterThan(50);
});
