/** What a plan made at another moment would have saved, on paths made by hand. */
import { describe, expect, test } from 'vitest';
import { Account } from '../../../src/sim/replay/account.ts';
import { Run, type RunResult } from '../../../src/sim/replay/run.ts';
import { balancerSettingsSchema } from '../../../src/systems/balancer/index.ts';
import { type Draft, fundingFrom, gridFrom, line, portfolioFrom, RULES } from './fixtures.ts';

const LONG: Draft = { base: 'BTC', amount: 100, entry: 100, collateralUsd: 500 };
const SHORT: Draft = { base: 'ETH', amount: -100, entry: 100, collateralUsd: 500 };

function outcome(
  drafts: readonly Draft[],
  paths: Readonly<Record<string, readonly number[]>>,
  liquidation: Readonly<Record<string, unknown>>,
): RunResult {
  const settings = balancerSettingsSchema.parse({
    liquidation: { enabled: true, safety_margin_multiplier: 1, ...liquidation },
  });
  const options = { latencyMs: 250, writesPerMinute: 90, serial: false, oracle: true, settings };
  const account = new Account(portfolioFrom(drafts), fundingFrom(drafts, 0), RULES);
  return new Run(gridFrom(paths), account, options).run();
}

describe('the oracle', () => {
  // Locked profit of the short: the pool of 1,000 is gone after a fall of ten percent.
  const slide = line([100, 100, 80], 1_200);

  test('finds nothing where nothing is lost', () => {
    const flat = { BTC: [100, 100], ETH: [100, 100] };
    const lost = { liquidations: 0, avoidable: 0, avoidableEarlier: 0 };
    expect(outcome([LONG, SHORT], flat, {})).toMatchObject(lost);
  });

  test('is not asked where nobody reduces', () => {
    const run = outcome([LONG, SHORT], { BTC: slide, ETH: slide }, { enabled: false });
    expect(run.liquidations).toBeGreaterThan(0);
    expect([run.avoidable, run.avoidableEarlier]).toEqual([null, null]);
  });

  test('knows a jump that no plan outruns', () => {
    const jump = [...line([100, 100], 36), 60, 60];
    const run = outcome([LONG], { BTC: jump }, {});
    expect(run).toMatchObject({ liquidations: 1, avoidable: 0, avoidableEarlier: 0 });
  });

  test('knows what a plan in time would have set free', () => {
    // The short's profit could have paid for the long's jump, had a part of it been realised.
    const fall = [...line([100, 91, 91], 720), ...line([91, 90.2], 1), ...line([90.2, 89.5], 60)];
    const jump = { BTC: fall, ETH: fall };
    const run = outcome([LONG, SHORT], jump, { cooldown_seconds: 3_600 });
    expect(run.liquidations).toBe(1);
    expect(run.avoidable).toBe(0);
    expect(run.avoidableEarlier).toBe(1);
  });
});

test('a run that is forked goes on exactly as the one it was forked from', () => {
  const path = line([100, 96, 99, 93, 95, 90, 96], 20);
  const paths = { BTC: path, ETH: path.map((price) => 200 - price) };
  const settings = balancerSettingsSchema.parse({ harvest: { mode: 'roll' } });
  const options = { latencyMs: 7_000, writesPerMinute: 6, serial: false, oracle: false, settings };
  const account = new Account(portfolioFrom([LONG, SHORT]), fundingFrom([LONG, SHORT], 50), RULES);
  const run = new Run(gridFrom(paths), account, options);
  const forked: RunResult[] = [];
  for (let step = 7; step < 120; step += 7) {
    run.until(step);
    const before = [...account.collateral];
    forked.push(run.fork().run());
    // Nothing of the original has moved.
    expect([...account.collateral]).toEqual(before);
  }
  const whole = run.run();
  expect(whole.reductions + whole.topUps + whole.rolls).toBeGreaterThan(2);
  for (const result of forked) expect(result).toEqual(whole);
});
