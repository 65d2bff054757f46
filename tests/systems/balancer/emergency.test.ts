import { describe, expect, test } from 'vitest';
import { InvariantError } from '../../../src/core/errors.ts';
import { type Adjustment, applyAdjustments } from '../../../src/systems/balancer/adjustment.ts';
import {
  type EmergencyPlan,
  isEndangered,
  planEmergency,
} from '../../../src/systems/balancer/emergency.ts';
import type { Book } from '../../../src/systems/balancer/model.ts';
import { weightedDistance } from '../../../src/systems/balancer/model.ts';
import type { BalancerSettings } from '../../../src/systems/balancer/settings.ts';
import { reachableTotals } from '../../../src/systems/balancer/totals.ts';
import { makeBook, makeSettings, symbolOf } from './make.ts';

const settings = makeSettings();
const A = symbolOf('AAA');

const check = (book: Book, using: BalancerSettings = settings) => {
  const leg = book.legs[0];
  const totals = reachableTotals(book, using.allocation.reserve_usdt);
  return leg && isEndangered(leg, totals, book.availableUsd, using);
};

const show = (move: Adjustment | null | undefined) =>
  move ? `${move.symbol.slice(1, -8)} ${move.fromUsd} → ${move.toUsd}` : null;

const writes = (plan: EmergencyPlan | null) =>
  plan ? [...plan.donors.map(show), show(plan.receiver)] : null;

describe('a position is in danger', () => {
  test('FR-5 below emergency_margin_rate, not at it', () => {
    // Equity 190 of a notional of 9,500 is exactly 2 %.
    expect(check(makeBook(0, { mark: 95, collateral: 690, maintenanceRate: 0.005 }))).toBe(false);
    expect(check(makeBook(0, { mark: 95, collateral: 689, maintenanceRate: 0.005 }))).toBe('rate');
  });

  test('below a share of the even distance, however high its margin rate', () => {
    // Together 1,100 of room on 20,000: 5.5 %; four fifths of it are 440 on 10,000.
    const other = { name: 'BBB', quantity: 100 };
    const at = (collateral: number) =>
      check(makeBook(0, { collateral }, { ...other, collateral: 1_300 - collateral }));
    expect(at(541)).toBe(false);
    expect(at(539)).toBe('relative');
    const later = makeSettings({ emergency: { relative_trigger: 0.5 } });
    expect(check(makeBook(0, { collateral: 539 }, { ...other, collateral: 761 }), later)).toBe(
      false,
    );
  });

  test('by its weighted distance: twice the weight needs twice the distance', () => {
    const other = { name: 'BBB', collateral: 700 };
    expect(check(makeBook(0, { collateral: 700 }, other))).toBe(false);
    expect(check(makeBook(0, { collateral: 700, weight: 2 }, other))).toBe('relative');
  });

  test('but not for profit that is locked in another position', () => {
    const winner = { name: 'BBB', mark: 180, collateral: 200 };
    expect(check(makeBook(0, { collateral: 600 }, winner))).toBe(false);
  });

  test('in risk_weight mode only behind its own target, which the schedule holds it at', () => {
    const byWeight = makeSettings({ allocation: { mode: 'risk_weight' } });
    // Half of 2,000 is its target; after a loss of 700 that is a distance of 200 on 9,300.
    const loser = { mark: 93 };
    const other = { name: 'BBB', quantity: 93 };
    expect(check(makeBook(0, loser, other))).toBe('relative');
    expect(check(makeBook(0, loser, other), byWeight)).toBe(false);
    const robbed = makeBook(0, { ...loser, collateral: 950 }, { ...other, collateral: 1_050 });
    expect(check(robbed, byWeight)).toBe('relative');
  });

  test('never quietly when its numbers are none', () => {
    expect(() => check(makeBook(0, { mark: Number.NaN }))).toThrow(InvariantError);
  });
});

describe('FR-5 a rescue', () => {
  test('is none for a position that is safe or unknown', () => {
    expect(planEmergency(makeBook(0, {}, { name: 'BBB' }), A, settings)).toBeNull();
    expect(planEmergency(makeBook(500, {}), symbolOf('ZZZ'), settings)).toBeNull();
  });

  test('is a single write when free balance suffices', () => {
    // Room 100 and 900, free 1,000: 2,000 over 19,200; 900 keep it at distance 0.
    const plan = planEmergency(makeBook(1_000, { mark: 92 }, { name: 'BBB' }), A, settings);
    expect(plan?.reason).toBe('relative');
    expect(writes(plan)).toEqual([
      `AAA 1000 → ${Math.ceil((900 + 9_200 * (2_000 / 19_200)) * 100) / 100}`,
    ]);
    expect(plan?.missingUsd.isZero()).toBe(true);
  });

  test('takes the rest from a donor, which keeps the even distance', () => {
    // Room 100 and 900 over 19,200: 5.208 %. A cent is lost to rounding in nobody's favour.
    const book = makeBook(0, { mark: 92 }, { name: 'BBB' });
    const plan = planEmergency(book, A, settings);
    expect(writes(plan)).toEqual(['BBB 1000 → 620.84', 'AAA 1000 → 1379.16']);
    const [receiver, donor] = applyAdjustments(book, movesOf(plan)).legs;
    expect(donor && weightedDistance(donor)).toBeGreaterThanOrEqual(1_000 / 19_200);
    expect(receiver && weightedDistance(receiver)).toBeCloseTo(1_000 / 19_200, 5);
  });

  test('asks one donor rather than two, the one with the largest weighted distance', () => {
    const book = makeBook(
      0,
      { mark: 92, quantity: 10, collateral: 100 },
      { name: 'NEAR', collateral: 2_300 },
      { name: 'FAR', collateral: 2_400 },
      { name: 'BIG', quantity: 1_000, collateral: 21_000 },
      { name: 'LOW' },
    );
    const plan = planEmergency(book, A, settings);
    expect(plan?.donors.map((move) => move.symbol)).toEqual([symbolOf('FAR')]);
  });

  test('asks several when no single one can give enough', () => {
    const donors = ['BBB', 'CCC', 'DDD', 'EEE'].map((name) => ({ name, collateral: 750 }));
    const book = makeBook(0, { mark: 91.5 }, ...donors);
    const plan = planEmergency(book, A, settings);
    expect(plan?.donors.length).toBe(4);
    expect(plan?.missingUsd.isZero()).toBe(true);
  });

  test('leaves the reserve alone for the relative trigger and uses it below the rate', () => {
    const reserved = makeSettings({ allocation: { reserve_usdt: 500 } });
    const behind = makeBook(500, { mark: 92 }, { name: 'BBB', collateral: 320 });
    expect(writes(planEmergency(behind, A, reserved))).toEqual([
      'BBB 320 → 266.68',
      'AAA 1000 → 1053.32',
    ]);
    const low = makeBook(500, { mark: 91.5 });
    // Twice the emergency rate: 4 % of 9,150 is 366; it has 150.
    expect(planEmergency(low, A, reserved)).toMatchObject({ reason: 'rate' });
    expect(writes(planEmergency(low, A, reserved))).toEqual(['AAA 1000 → 1216']);
  });

  test('leaves free balance to others in danger before it goes beyond the even distance', () => {
    const twin = { mark: 91.5, maintenanceRate: 0.005 };
    const book = makeBook(200, twin, { name: 'BBB', ...twin });
    // Each is 104.25 from liquidation; with 100 more each, all stand evenly.
    expect(writes(planEmergency(book, A, settings))).toEqual(['AAA 1000 → 1100']);
  });

  test('in a thin account lowers a donor below the rate, not below the even distance', () => {
    // Room 10 and 130 over 20,000: 0.7 %, a margin rate of 1.2 %.
    const thin = { maintenanceRate: 0.005 };
    const book = makeBook(
      0,
      { ...thin, collateral: 60, min: 0 },
      { ...thin, name: 'BBB', collateral: 180, min: 0 },
    );
    expect(writes(planEmergency(book, A, settings))).toEqual(['BBB 180 → 120', 'AAA 60 → 120']);
  });

  test('in a thin account takes nothing for a low rate alone: everybody’s is low', () => {
    const thin = { maintenanceRate: 0.005, min: 0 };
    const book = makeBook(
      0,
      { ...thin, collateral: 115 },
      { ...thin, name: 'BBB', collateral: 125 },
    );
    const plan = planEmergency(book, A, settings);
    expect(plan).toMatchObject({ reason: 'rate', donors: [], receiver: null });
    // To twice the emergency rate, 400, it lacks 285.
    expect(plan?.missingUsd.toNumber()).toBe(285);
  });

  test('in a thin account asks not even a donor with a high rate: its weight needs it', () => {
    const thin = { maintenanceRate: 0.005, min: 0 };
    const heavy = { ...thin, name: 'CCC', weight: 5, collateral: 450 };
    const pair = [
      { ...thin, collateral: 115 },
      { ...thin, name: 'BBB', collateral: 125 },
    ];
    const plan = planEmergency(makeBook(0, ...pair, heavy), A, settings);
    expect(plan).toMatchObject({ reason: 'rate', donors: [], receiver: null });
  });

  test('of a position just past its liquidation price counts it among those to be levelled', () => {
    // Room −10 and 1,000 on 9,090 and 10,000.
    const book = makeBook(0, { mark: 90.9 }, { name: 'BBB', collateral: 1_100 });
    const plan = planEmergency(book, A, settings);
    const level = 990 / 19_090;
    expect(plan?.receiver?.toUsd.toNumber()).toBeCloseTo(1_010 + 9_090 * level, 1);
    expect(plan?.donors[0]?.toUsd.toNumber()).toBeCloseTo(100 + 10_000 * level, 1);
  });

  test('does not take from the winner’s locked profit, and says what is missing', () => {
    const winner = { name: 'BBB', mark: 150, collateral: 200 };
    const plan = planEmergency(makeBook(50, { mark: 91.2 }, winner), A, settings);
    expect(writes(plan)).toEqual(['AAA 1000 → 1050']);
    expect(plan?.missingUsd.toNumber()).toBeCloseTo(364.8 + 880 - 1_050, 9);
  });

  test('throws no money after a position that stays past its liquidation price', () => {
    const plan = planEmergency(makeBook(50, { mark: 90 }), A, settings);
    expect(plan).toMatchObject({ donors: [], receiver: null });
  });

  test('stays within the venue’s bounds', () => {
    const capped = makeBook(5_000, { mark: 91.5, max: 1_100.005 });
    expect(writes(planEmergency(capped, A, settings))).toEqual(['AAA 1000 → 1100']);
    const floored = makeBook(
      5_000,
      { mark: 91.5, min: 2_000 },
      { name: 'BBB', quantity: 9_000, collateral: 90_000 },
    );
    expect(planEmergency(floored, A, settings)?.receiver?.toUsd.gte(2_000)).toBe(true);
  });

  test('does not touch a position that is fenced: its bounds are where it is', () => {
    const fenced = { name: 'BBB', collateral: 3_000, min: 3_000, max: 3_000 };
    const plan = planEmergency(makeBook(0, { mark: 92 }, fenced, { name: 'CCC' }), A, settings);
    expect(plan?.donors.map((move) => move.symbol)).toEqual([symbolOf('CCC')]);
  });

  test('sends no top-up that is not worth a write', () => {
    const book = makeBook(0.9, { collateral: 600 }, { name: 'BBB', collateral: 800.5, min: 800 });
    expect(check(book)).toBe(false);
    const behind = makeBook(
      0.5,
      { collateral: 600, weight: 1.3 },
      { name: 'BBB', collateral: 800, min: 800 },
    );
    expect(planEmergency(behind, A, settings)).toBeNull();
  });
});

function movesOf(plan: EmergencyPlan | null): Adjustment[] {
  return [...(plan?.donors ?? []), ...(plan?.receiver ? [plan.receiver] : [])];
}
