import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  candleHistory,
  contractTable,
  GeneratedMarket,
  Prng,
  type Scenario,
} from '../../../src/sim/market/index.ts';

const START = Date.UTC(2026, 0, 5, 12);
const MINUTE = 60;

function market(seed: number, scenario: Scenario = 'calm', stepMs = 1_000): GeneratedMarket {
  const contracts = contractTable(0);
  return new GeneratedMarket({
    contracts,
    prng: new Prng(seed),
    scenario,
    startAt: START,
    stepMs,
  });
}

function hashAfter(seed: number, steps: number): string {
  const made = market(seed);
  const hash = createHash('sha256');
  for (let i = 0; i < steps; i += 1) {
    made.step();
    hash.update(new Uint8Array(made.prices.slice().buffer));
  }
  return hash.digest('hex');
}

/** Log returns of one contract over so many steps each. */
function returns(seed: number, contract: number, count: number, steps: number): number[] {
  const made = market(seed);
  const found: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const before = made.prices[contract] ?? 0;
    for (let i = 0; i < steps; i += 1) made.step();
    found.push(Math.log((made.prices[contract] ?? 0) / before));
  }
  return found;
}

const mean = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length;
function correlation(xs: readonly number[], ys: readonly number[]): number {
  const [mx, my] = [mean(xs), mean(ys)];
  const cov = mean(xs.map((x, i) => (x - mx) * ((ys[i] ?? 0) - my)));
  const sx = Math.sqrt(mean(xs.map((x) => (x - mx) ** 2)));
  return cov / sx / Math.sqrt(mean(ys.map((y) => (y - my) ** 2)));
}

describe('generated market', () => {
  test('is the same for the same seed, bit by bit, and another for another', () => {
    const hash = hashAfter(42, 2_000);
    expect(hashAfter(42, 2_000)).toBe(hash);
    expect(hashAfter(43, 2_000)).not.toBe(hash);
  });

  test('has thirty coins and more, with the rates of the venue', () => {
    const contracts = contractTable(0);
    expect(contracts.length).toBeGreaterThanOrEqual(30);
    const rateOf = (base: string) => {
      const found = contracts.find((contract) => contract.base === base);
      return [found?.initialRate, found?.maintenanceRate];
    };
    expect(rateOf('BTC')).toEqual([0.01, 0.005]);
    expect(rateOf('BNB')).toEqual([0.05, 0.025]);
    expect(rateOf('TRY')).toEqual([0.1, 0.05]);
    for (const { minQuantity, startPrice } of contracts) {
      expect(minQuantity * startPrice).toBeGreaterThan(1);
      expect(minQuantity * startPrice).toBeLessThan(10);
    }
  });

  test('invents further coins for large books, each with its own name', () => {
    const symbols = new Set(contractTable(300).map(({ symbol }) => symbol));
    expect(symbols.size).toBe(300);
  });

  test('moves a day by about three percent', () => {
    const days = returns(3, 0, 40, 1_440).map((x) => x * Math.sqrt(60));
    const deviation = Math.sqrt(mean(days.map((x) => x * x)));
    expect(deviation).toBeGreaterThan(0.018);
    expect(deviation).toBeLessThan(0.042);
  });

  test('is correlated: coins follow BTC, each in its own way', () => {
    const btc = returns(5, 0, 1_000, MINUTE);
    for (const contract of [1, 5, 20]) {
      const found = correlation(btc, returns(5, contract, 1_000, MINUTE));
      expect(found).toBeGreaterThan(0.4);
      expect(found).toBeLessThan(0.95);
    }
  });

  test('has fat tails', () => {
    const steps = returns(5, 0, 40_000, 1);
    const square = mean(steps.map((x) => x ** 2));
    expect(mean(steps.map((x) => x ** 4)) / square ** 2).toBeGreaterThan(5);
  });

  test('clusters: a violent minute is followed by violent ones', () => {
    const squares = returns(9, 0, 3_000, MINUTE).map((x) => x * x);
    expect(correlation(squares.slice(0, -1), squares.slice(1))).toBeGreaterThan(0.1);
  });

  test('runs through a scenario at its own pace, whatever the step', () => {
    const fall = (scenario: Scenario, minutes: number, stepMs: number): number => {
      const made = market(1, scenario, stepMs);
      for (let at = 0; at < minutes * 60_000; at += stepMs) made.step();
      return (made.prices[0] ?? 0) / 96_450 - 1;
    };
    for (const stepMs of [500, 1_000, 5_000]) {
      expect(fall('crash', 6, stepMs)).toBeGreaterThan(-0.01);
      expect(fall('crash', 46, stepMs)).toBeLessThan(-0.06);
      expect(fall('squeeze', 48, stepMs)).toBeGreaterThan(0.06);
    }
  });
});

describe('history', () => {
  const contracts = contractTable(0);
  const book = candleHistory(contracts, new Prng(1), START);

  test('ends at the price the market starts from, in every time frame', () => {
    for (const frame of ['1m', '15m', '1h', '6h', '1D', '1W']) {
      expect(book.candles(3, frame)?.at(-1)?.close).toBe(contracts[3]?.startPrice);
    }
  });

  test('has a month of days and a day of minutes without gaps', () => {
    const days = book.candles(0, '1D') ?? [];
    expect(days.length).toBeGreaterThanOrEqual(30);
    const minutes = book.candles(0, '1m') ?? [];
    expect(minutes.length).toBeGreaterThanOrEqual(1_400);
    for (const [bars, length] of [
      [days, 86_400_000],
      [minutes, 60_000],
    ] as const) {
      bars.slice(1).forEach((bar, i) => {
        expect(bar.at - (bars[i]?.at ?? 0)).toBe(length);
        expect(bar.open).toBe(bars[i]?.close);
      });
    }
  });

  test('is volatile like the market: a coin with a higher beta more than BTC', () => {
    const deviation = (contract: number): number => {
      const bars = book.candles(contract, '1D') ?? [];
      const moves = bars.map(({ open, close }) => Math.log(close / open));
      return Math.sqrt(mean(moves.map((x) => x * x)));
    };
    expect(deviation(0)).toBeGreaterThan(0.01);
    expect(deviation(0)).toBeLessThan(0.06);
    expect(deviation(23) / deviation(0)).toBeGreaterThan(1.2);
  });
});
