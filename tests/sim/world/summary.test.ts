import { expect, test } from 'vitest';
import { runSeed } from '../../../src/sim/world/run-seed.ts';
import { linesOf, spreadOf, summaryOf } from '../../../src/sim/world/summary.ts';

test('a spread names the value that 99 of 100 do not exceed', () => {
  const values = Array.from({ length: 200 }, (_, i) => 200 - i);
  expect(spreadOf(values)).toEqual({ count: 200, p50: 100, p99: 198, max: 200 });
  expect(spreadOf([])).toEqual({ count: 0, p50: 0, p99: 0, max: 0 });
});

test('seeds are added up, and the failed ones are named with what they broke', async () => {
  const one = await runSeed(11, 0.1);
  const violations = [{ check: 'money', detail: 'lost', atHours: 0 }];
  const other = { ...one, seed: 12, busiest: 0.9, violations };
  const summary = summaryOf([one, other], 2_000);
  expect(summary).toMatchObject({
    seeds: 2,
    failedSeeds: [12],
    violations: { money: 1 },
    busiest: 0.9,
    requests: 2 * one.counts.requests,
    tookMs: 2_000,
  });
  expect(linesOf(summary)).toContain('0.2 simulated hours in 2 s');
}, 60_000);
