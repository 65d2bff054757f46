/** Cross margin that reduces by the rule of the isolated accounts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundsOf } from '../../../src/sim/replay/bounds.ts';
import { CrossTwin } from '../../../src/sim/replay/cross-twin.ts';
import { settingsOf } from '../../../src/sim/replay/policies.ts';
import type { RunResult } from '../../../src/sim/replay/run.ts';
import { balancerSettingsSchema } from '../../../src/systems/balancer/index.ts';
import { type Draft, fundingFrom, gridFrom, line, portfolioFrom, RULES } from './fixtures.ts';

const SETTINGS = settingsOf('cross_deleveraged', { deleverage: true, roll: false });

function outcome(
  drafts: readonly Draft[],
  poolUsd: number,
  paths: Readonly<Record<string, readonly number[]>>,
  latencyMs = 250,
): RunResult {
  const options = { latencyMs, writesPerMinute: 90, serial: false, oracle: false };
  const settings = SETTINGS ?? balancerSettingsSchema.parse({});
  const funding = fundingFrom(drafts, poolUsd);
  const portfolio = portfolioFrom(drafts);
  return new CrossTwin(gridFrom(paths), portfolio, funding, RULES, { ...options, settings }).run();
}

// A long of 10,000 with a maintenance of 50, so that 150 are wanted.
const LONG: Draft = { base: 'BTC', amount: 100, entry: 100, collateralUsd: 0 };

describe('a cross account that reduces', () => {
  test('closes at most a quarter once it is short, at the price of the arrival, with its costs', () => {
    // Worth 140 at 91.4, which is less than 50 short of 150; 100 at 91.
    const path = [100, 91.4, 91, 91];
    const run = outcome([LONG], 1_000, { BTC: path }, 0);
    expect(run).toMatchObject({ liquidations: 0, reductions: 1 });
    const costUsd = Math.ceil(0.00165 * 25 * 91 * 100) / 100;
    expect(run.equityUsd).toBeCloseTo(1_000 - 900 - costUsd, 6);
  });

  test('pauses for the cool-down, then goes on', () => {
    const short = [100, 91, ...Array.from({ length: 5 }, () => 91)];
    expect(outcome([LONG], 1_000, { BTC: short }, 0).reductions).toBe(1);
    const longer = [100, 91, ...Array.from({ length: 12 }, () => 90.4)];
    expect(outcome([LONG], 1_000, { BTC: longer }, 0).reductions).toBe(2);
  });

  test('is lost as a whole, with all that was in it', () => {
    const winner = { base: 'ETH', amount: -20, entry: 100, collateralUsd: 0 };
    const paths = { BTC: [100, 88], ETH: [100, 95] };
    const run = outcome([LONG, winner], 1_000, paths);
    expect(run).toMatchObject({ liquidations: 2, equityUsd: 0, liquidatedUsd: 12_000 });
  });

  test('pays one position with the unrealised profit of another, as cross margin does', () => {
    const hedge = { base: 'ETH', amount: -100, entry: 100, collateralUsd: 0 };
    const fall = line([100, 50], 60);
    const run = outcome([LONG, hedge], 1_000, { BTC: fall, ETH: fall });
    expect(run).toMatchObject({ liquidations: 0, reductions: 0, equityUsd: 1_000 });
  });

  test('lowest priority goes first', () => {
    const dear = { ...LONG, base: 'ETH', priority: 90 };
    const paths = { BTC: [100, 100], ETH: [100, 82.5, 82.5, 82.5] };
    // 2,000 − 1,750 = 250 against 300 wanted: a quarter of the unharmed one covers it in part.
    const first = outcome([LONG, dear], 2_000, paths, 0);
    expect(first.reductions).toBeGreaterThan(0);
    const costUsd = Math.ceil(0.00165 * 25 * 100 * 100) / 100;
    const second = 2_000 - 1_750 - costUsd;
    expect(first.equityUsd).toBeLessThanOrEqual(second + 1e-6);
  });

  test('is cross margin exactly for as long as it is never short', () => {
    const moves = fc.array(fc.double({ min: -0.03, max: 0.03, noNaN: true }), { minLength: 2 });
    fc.assert(
      fc.property(moves, fc.constantFrom(1, -1), (drawn, side) => {
        const points = [100];
        for (const move of drawn) points.push((points.at(-1) ?? 100) * (1 + move));
        const paths = { BTC: line(points, 12) };
        const draft = { ...LONG, amount: side * 100 };
        const bounds = boundsOf(gridFrom(paths), portfolioFrom([draft]), false);
        const run = outcome([draft], bounds.crossNeedUsd + 100, paths);
        expect(run.reductions).toBe(0);
        const endUsd = bounds.crossNeedUsd + 100 + bounds.pnlAtEndUsd;
        expect(run.equityUsd).toBeCloseTo(endUsd, 1);
      }),
      { numRuns: 50 },
    );
  });
});
