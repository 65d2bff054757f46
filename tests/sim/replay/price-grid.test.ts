import { describe, expect, test } from 'vitest';
import type { RecordedCandles } from '../../../src/sim/market/index.ts';
import { gridOf, ReplayDataError } from '../../../src/sim/replay/price-grid.ts';

type Bar = readonly [at: number, open: number, high: number, low: number, close: number];

function candles(base: string, bars: readonly Bar[], intervalMs = 60_000): RecordedCandles {
  const column = (k: number) => Float64Array.from(bars, (bar) => bar[k] ?? 0);
  return {
    base,
    intervalMs,
    at: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: new Float64Array(bars.length),
  };
}

const RISING: Bar = [0, 100, 112, 96, 108];
const FALLING: Bar = [60_000, 108, 110, 90, 92];

describe('the path inside a bar', () => {
  const { grid } = gridOf('w', [candles('BTC', [RISING, FALLING])]);

  test('a rising bar goes open, low, high, close in twelve steps, a falling one otherwise', () => {
    const at = (step: number) => grid.prices[step];
    expect([0, 4, 8, 12].map(at)).toEqual([100, 96, 112, 108]);
    expect([16, 20, 24].map(at)).toEqual([110, 90, 92]);
    expect(at(2)).toBeCloseTo(98, 10);
  });

  test('a minute knows its lowest and highest price, the one it starts from included', () => {
    expect([...grid.lows]).toEqual([96, 90]);
    expect([...grid.highs]).toEqual([112, 110]);
  });

  test('a longer bar takes as many more steps', () => {
    const { grid: long } = gridOf('w', [candles('BTC', [RISING], 300_000)]);
    expect(long.minutes).toBe(5);
    expect([0, 20, 40, 60].map((step) => long.prices[step])).toEqual([100, 96, 112, 108]);
  });
});

describe('what recordings lack', () => {
  test('a pair that starts late is left out and named', () => {
    const late = candles('ETH', [FALLING]);
    const { grid, notes } = gridOf('w', [candles('BTC', [RISING, FALLING]), late]);
    expect(grid.bases).toEqual(['BTC']);
    expect(notes.join()).toContain('ETH');
  });

  test('a missing bar holds the last price and is counted', () => {
    const gap: Bar = [120_000, 108, 108, 108, 108];
    const { grid, notes } = gridOf('w', [candles('BTC', [RISING, gap])]);
    expect(grid.minutes).toBe(3);
    expect([...grid.prices.slice(12, 25)].every((price) => price === 108)).toBe(true);
    expect(notes.join()).toContain('1 missing');
  });

  test('no volume is no obstacle', () => {
    expect(gridOf('w', [candles('BTC', [RISING])]).notes).toEqual([]);
  });

  test('a price no market can have had is refused with its pair and bar', () => {
    const absurd: Bar = [60_000, 108, 1e9, 108, 108];
    const build = () => gridOf('w', [candles('DOGE', [RISING, absurd])]);
    expect(build).toThrow(ReplayDataError);
    expect(build).toThrow(/DOGE, bar 2/);
  });
});
