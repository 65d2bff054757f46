import { describe, expect, test } from 'vitest';
import { ReplayUsageError, replayOptions } from '../../../src/sim/replay/options.ts';

describe('the command line of a replay', () => {
  test('without arguments everything has its documented default', () => {
    expect(replayOptions([], 4)).toMatchObject({
      candles: null,
      policies: ['none', 'risk_weight', 'equal_distance', 'harvest', 'cross', 'ceiling'],
      portfolios: 200,
      leverages: [3, 5, 8, 12, 20],
      biases: ['mixed'],
      latencyMs: 250,
      writesPerMinute: 90,
      deleverage: false,
      oracle: false,
      pessimistic: false,
      workers: 4,
    });
  });

  test('names the option that is wrong', () => {
    const bad: readonly (readonly [string[], RegExp])[] = [
      [['--policy', 'luck'], /policy/],
      [['--leverage', '3,x'], /leverage/],
      [['--leverage', '0'], /leverage/],
      [['--portfolios', '0'], /portfolios/],
      [['--latency-ms', '-5'], /latency-ms/],
      [['--chart', 'x.svg'], /chart/],
      [['--nonsense'], /nonsense/],
    ];
    for (const [args, name] of bad) {
      expect(() => replayOptions(args, 1)).toThrow(ReplayUsageError);
      expect(() => replayOptions(args, 1)).toThrow(name);
    }
  });

  test('the cross account that reduces is of all where positions are reduced', () => {
    const all = replayOptions(['--deleverage'], 1)?.policies;
    expect(all).toContain('cross_deleveraged');
    expect(replayOptions(['--deleverage', '--policy', 'none'], 1)?.policies).toEqual(['none']);
    const asked = ['--policy', 'cross_deleveraged', '--oracle'];
    const wanted = { policies: ['cross_deleveraged'], oracle: true };
    expect(replayOptions(asked, 1)).toMatchObject(wanted);
  });

  test('lists are read, and help is asked for by null', () => {
    const options = replayOptions(['--leverage', '3, 8', '--policy', 'none', '--seed', '7'], 1);
    expect(options).toMatchObject({ leverages: [3, 8], policies: ['none'], seed: 7 });
    expect(replayOptions(['--help'], 1)).toBeNull();
  });
});
