import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sumOf, ZERO } from '../../../src/core/decimal.ts';
import {
  type Adjustment,
  applyAdjustments,
  changeUsd,
} from '../../../src/systems/balancer/adjustment.ts';
import {
  type EmergencyPlan,
  isEndangered,
  planEmergency,
} from '../../../src/systems/balancer/emergency.ts';
import {
  type Book,
  closingEquityUsd,
  type Leg,
  notionalUsd,
  roomUsd,
  weightedDistance,
} from '../../../src/systems/balancer/model.ts';
import type { BalancerSettings } from '../../../src/systems/balancer/settings.ts';
import { evenDistance, reachableTotals } from '../../../src/systems/balancer/totals.ts';
import { arbitraryBook, arbitraryLivingBook, makeSettings } from './make.ts';

const RUNS = { numRuns: 1_500 };
const CENT = 0.01;

interface Rescue {
  readonly before: Book;
  readonly after: Book;
  readonly plan: EmergencyPlan;
  readonly moves: readonly Adjustment[];
  readonly settings: BalancerSettings;
}

/** Plans the rescue of every position in danger, each on the book as it is. */
function forAnyRescue(check: (rescue: Rescue) => void): void {
  let rescues = 0;
  const reserve = fc.constantFrom(0, 500);
  fc.assert(
    fc.property(arbitraryBook(), reserve, (before, reserve_usdt) => {
      const settings = makeSettings({ allocation: { reserve_usdt } });
      for (const leg of before.legs) {
        const plan = planEmergency(before, leg.symbol, settings);
        if (!plan) continue;
        rescues += 1;
        const moves = movesOf(plan);
        check({ before, after: applyAdjustments(before, moves), plan, moves, settings });
      }
    }),
    RUNS,
  );
  expect(rescues).toBeGreaterThan(500);
}

const movesOf = (plan: EmergencyPlan) =>
  plan.receiver ? [...plan.donors, plan.receiver] : plan.donors;

const legIn = (book: Book, symbol: string) => book.legs.find((leg) => leg.symbol === symbol) as Leg;

const level = (book: Book, settings: BalancerSettings, rescued: Leg) => {
  const { reserve_usdt } = settings.allocation;
  return evenDistance(
    reachableTotals(book, reserve_usdt, rescued),
    book.availableUsd,
    reserve_usdt,
  );
};

describe('a rescue, for any book,', () => {
  test('conserves money and never overdraws', () => {
    forAnyRescue(({ before, after, plan, settings }) => {
      const total = (book: Book) =>
        book.availableExact.plus(sumOf(book.legs.map((leg) => leg.collateralExact)));
      expect(total(after).eq(total(before))).toBe(true);
      expect(after.availableExact.gte(0)).toBe(true);
      const reserve = Math.min(settings.allocation.reserve_usdt, before.availableUsd);
      if (plan.reason === 'relative') expect(after.availableUsd).toBeGreaterThanOrEqual(reserve);
    });
  });

  test('asks donors only for what free balance does not cover, and for no more', () => {
    forAnyRescue(({ before, after, plan, settings }) => {
      if (plan.donors.length === 0) return;
      const reserve = plan.reason === 'rate' ? 0 : settings.allocation.reserve_usdt;
      const untouchable = Math.min(before.availableUsd, reserve);
      expect(after.availableUsd).toBeLessThanOrEqual(untouchable + CENT * (plan.donors.length + 1));
    });
  });

  test('endangers no donor, unless the even distance itself is below the emergency rate', () => {
    forAnyRescue(({ before, after, plan, settings }) => {
      const even = level(before, settings, legIn(before, plan.symbol));
      const totals = reachableTotals(after, settings.allocation.reserve_usdt);
      for (const { symbol } of plan.donors) {
        const donor = legIn(after, symbol);
        const danger = isEndangered(donor, totals, after.availableUsd, settings);
        const evenRate = even * donor.weight + closingEquityUsd(donor) / notionalUsd(donor);
        const isThin = evenRate * 100 < settings.thresholds.emergency_margin_rate * 1.1 + 1e-9;
        if (isThin) expect(danger).not.toBe('relative');
        else expect(danger).toBe(false);
        expect(weightedDistance(donor)).toBeGreaterThanOrEqual(even - 1e-9);
      }
    });
  });

  test('pushes no donor below the receiver or below its minimum', () => {
    forAnyRescue(({ after, plan }) => {
      const receiver = weightedDistance(legIn(after, plan.symbol));
      for (const { symbol } of plan.donors) {
        const donor = legIn(after, symbol);
        const cent = CENT / (notionalUsd(donor) * donor.weight);
        expect(weightedDistance(donor)).toBeGreaterThanOrEqual(receiver - cent);
        expect(donor.collateralUsd).toBeGreaterThanOrEqual(donor.minUsd);
      }
    });
  });

  test('raises the receiver, in whole cents, within its bounds', () => {
    forAnyRescue(({ before, plan, moves }) => {
      const leg = legIn(before, plan.symbol);
      if (plan.receiver) {
        expect(changeUsd(plan.receiver).gt(ZERO)).toBe(true);
        expect(plan.receiver.toUsd.toNumber()).toBeLessThanOrEqual(leg.maxUsd);
      }
      expect(plan.receiver !== null || plan.missingUsd.gt(0)).toBe(true);
      for (const move of moves) expect(move.toUsd.decimalPlaces()).toBeLessThanOrEqual(2);
      for (const donor of plan.donors) expect(changeUsd(donor).lt(ZERO)).toBe(true);
    });
  });

  test('spends nothing on a position that stays past its liquidation price', () => {
    forAnyRescue(({ after, plan }) => {
      if (plan.receiver) expect(roomUsd(legIn(after, plan.symbol))).toBeGreaterThan(0);
    });
  });
});

// A position back from beyond its liquidation price shares again, which changes the level.
test('rescues in a market that stands still come to rest, and undo nothing they did', () => {
  fc.assert(
    fc.property(arbitraryLivingBook(), (start) => {
      const settings = makeSettings();
      let book = start;
      const raised = new Set<string>();
      const lowered = new Set<string>();
      let isQuiet = false;
      for (let round = 0; round < 6 && !isQuiet; round += 1) {
        isQuiet = true;
        for (const { symbol } of start.legs) {
          const plan = planEmergency(book, symbol, settings);
          if (!plan?.receiver) continue;
          isQuiet = false;
          raised.add(symbol);
          for (const donor of plan.donors) lowered.add(donor.symbol);
          book = applyAdjustments(book, movesOf(plan));
        }
      }
      expect(isQuiet).toBe(true);
      for (const symbol of lowered) expect(raised.has(symbol), symbol).toBe(false);
    }),
    { numRuns: 1_000 },
  );
});
