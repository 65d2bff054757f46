/** What no policy can beat. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Account } from '../../../src/sim/replay/account.ts';
import { boundsOf } from '../../../src/sim/replay/bounds.ts';
import { type Policy, settingsOf } from '../../../src/sim/replay/policies.ts';
import { Run, type RunResult } from '../../../src/sim/replay/run.ts';
import { type Draft, fundingFrom, gridFrom, line, portfolioFrom, RULES } from './fixtures.ts';

const BASES = ['BTC', 'ETH', 'SOL', 'XRP'];

function outcome(
  drafts: readonly Draft[],
  freeUsd: number,
  paths: Readonly<Record<string, readonly number[]>>,
  policy: Policy,
): RunResult {
  const funding = fundingFrom(drafts, freeUsd);
  const account = new Account(portfolioFrom(drafts), funding, RULES);
  const settings = settingsOf(policy, { deleverage: false, roll: true });
  const options = { latencyMs: 250, writesPerMinute: 90, serial: false, oracle: false, settings };
  return new Run(gridFrom(paths), account, options).run();
}

describe('the limits', () => {
  const wander = fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), {
    minLength: 3,
    maxLength: 6,
  });
  const scene = fc.array(
    fc.record({
      side: fc.constantFrom(1, -1),
      notionalUsd: fc.double({ min: 5_000, max: 50_000, noNaN: true }),
      margin: fc.double({ min: 0.06, max: 0.4, noNaN: true }),
      wander,
    }),
    { minLength: 1, maxLength: BASES.length },
  );

  test('cross outlives the ceiling, the ceiling every policy that only moves collateral', () => {
    fc.assert(
      fc.property(scene, fc.double({ min: 0, max: 5_000, noNaN: true }), (positions, freeUsd) => {
        const drafts = positions.map(({ side, notionalUsd, margin }, i) => ({
          base: BASES[i] ?? '',
          amount: side * Number((notionalUsd / 100).toPrecision(6)),
          entry: 100,
          collateralUsd: notionalUsd * margin,
        }));
        const paths = Object.fromEntries(
          positions.map(({ wander: moves }, i) => {
            const points = [100];
            for (const move of moves) points.push((points.at(-1) ?? 100) * (1 + move));
            return [BASES[i] ?? '', line(points, 12)];
          }),
        );
        const bounds = boundsOf(gridFrom(paths), portfolioFrom(drafts), false);
        const { collateralCents, freeCents } = fundingFrom(drafts, freeUsd);
        const poolUsd = collateralCents.reduce((sum, cents) => sum + cents, freeCents) / 100;
        expect(bounds.crossNeedUsd).toBeLessThanOrEqual(bounds.ceilingNeedUsd + 1e-6);
        if (bounds.ceilingNeedUsd < poolUsd) return;
        for (const policy of ['none', 'risk_weight', 'equal_distance'] as const) {
          expect(outcome(drafts, freeUsd, paths, policy).liquidations).toBeGreaterThan(0);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('one position with all the balance as collateral equals cross exactly', () => {
    fc.assert(
      fc.property(wander, fc.constantFrom(1, -1), (moves, side) => {
        const points = [100];
        for (const move of moves) points.push((points.at(-1) ?? 100) * (1 + move));
        const paths = { BTC: line(points, 12) };
        const drafts = [{ base: 'BTC', amount: side * 100, entry: 100, collateralUsd: 2_000 }];
        const bounds = boundsOf(gridFrom(paths), portfolioFrom(drafts), false);
        const run = outcome(drafts, 0, paths, 'none');
        const survives = bounds.crossNeedUsd < 2_000;
        expect(run.liquidations).toBe(survives ? 0 : 1);
        const equityUsd = survives ? 2_000 + bounds.pnlAtEndUsd : 0;
        expect(run.equityUsd).toBeCloseTo(equityUsd, 6);
      }),
    );
  });
});

describe('a crash by hand', () => {
  // A long and a short of 10,000 each at a margin of 10 %, and a fall of 15 % in five minutes.
  const drafts = [
    { base: 'BTC', amount: 100, entry: 100, collateralUsd: 1_000 },
    { base: 'ETH', amount: -100, entry: 100, collateralUsd: 1_000 },
  ];
  const fall = line([100, 100, 85], 60);
  const paths = { BTC: fall, ETH: fall };

  test('doing nothing loses the long, moving collateral saves it', () => {
    expect(outcome(drafts, 200, paths, 'none').liquidations).toBe(1);
    const saved = outcome(drafts, 200, paths, 'equal_distance');
    expect(saved.liquidations).toBe(0);
    // A perfect hedge: all that was there is there at the end.
    expect(saved.equityUsd).toBeCloseTo(2_200, 6);
  });

  test('past the ceiling only a roll saves it, and costs its fees', () => {
    const deep = line([100, 100, 70], 60);
    const paths30 = { BTC: deep, ETH: deep };
    expect(outcome(drafts, 200, paths30, 'equal_distance').liquidations).toBeGreaterThan(0);
    const rolled = outcome(drafts, 200, paths30, 'harvest');
    expect(rolled.liquidations).toBe(0);
    expect(rolled.rolls).toBeGreaterThan(0);
    expect(rolled.equityUsd).toBeGreaterThan(2_000);
    expect(rolled.equityUsd).toBeLessThan(2_200);
  });
});
