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

/** Slow enough that the fall itself asks for no more margin. */
const SLOW = line([100, 90.99], 600);

describe('a cross account that reduces', () => {
  test('closes at most a quarter once it is short, at its price on arrival, at a cost', () => {
    // Worth 99 at 90.99, which is more than 50 short of 150.
    const run = outcome([LONG], 1_000, { BTC: [...SLOW, 90.99, 90.99] }, 0);
    expect(run).toMatchObject({ liquidations: 0, reductions: 1 });
    const costUsd = Math.ceil(0.00165 * 25 * 90.99 * 100) / 100;
    expect(run.equityUsd).toBeCloseTo(1_000 - 901 - costUsd, 6);
  });

  test('pauses for the cool-down, then goes on', () => {
    const lower = (steps: number) => [...SLOW, ...Array.from({ length: steps }, () => 90.4), 95];
    expect(outcome([LONG], 1_000, { BTC: lower(5) }, 0).reductions).toBe(1);
    expect(outcome([LONG], 1_000, { BTC: lower(10) }, 0).reductions).toBe(2);
  });

  test('begins earlier when prices fall fast', () => {
    const slow = [...line([100, 95], 600), ...Array.from({ length: 11 }, () => 95)];
    expect(outcome([LONG], 1_000, { BTC: slow }).reductions).toBe(0);
    expect(outcome([LONG], 1_000, { BTC: line([100, 95], 5) }).reductions).toBeGreaterThan(0);
  });

  test('is lost as a whole, with all that was in it', () => {
    const winner = { base: 'ETH', amount: -20, entry: 100, collateralUsd: 0 };
    const paths = { BTC: [100, 88], ETH: [100, 95] };
    const run = outcome([LONG, winner], 1_000, paths);
    expect(run).toMatchObject({ liquidations: 2, equityUsd: 0, liquidatedUsd: 12_000 });
  });

  test('pays one position with the unrealised profit of another, as cross margin does', () => {
    const hedge = { base: 'ETH', amount: -100, entry: 100, collateralUsd: 0 };
    const fall = line([100, 50], 6_000);
    const run = outcome([LONG, hedge], 1_000, { BTC: fall, ETH: fall });
    expect(run).toMatchObject({ liquidations: 0, reductions: 0, equityUsd: 1_000 });
  });

  test('lowest priority goes first', () => {
    const low = { ...LONG, amount: 1_000 };
    const dear = { ...low, base: 'ETH', priority: 90 };
    const slide = line([100, 82.94], 1_200);
    // 60 short at the end of the slide; then what is left of the other one gains 10 a piece.
    const wait = Array.from({ length: 4 }, () => 100);
    const paths = { BTC: [...slide.map(() => 100), ...wait, 110], ETH: slide };
    const run = outcome([low, dear], 20_000, paths);
    expect(run.reductions).toBe(1);
    const keptUsd = 20_000 - 17_060 + 10_000;
    expect(run.equityUsd).toBeLessThan(keptUsd - 350);
    expect(run.equityUsd).toBeGreaterThan(keptUsd - 500);
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
        const run = outcome([draft], bounds.crossNeedUsd + 2_000, paths);
        expect(run.reductions).toBe(0);
        const endUsd = bounds.crossNeedUsd + 2_000 + bounds.pnlAtEndUsd;
        expect(run.equityUsd).toBeCloseTo(endUsd, 1);
      }),
      { numRuns: 50 },
    );
  });
});
