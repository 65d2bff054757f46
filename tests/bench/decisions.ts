/** What a decision costs, without any input or output: one full one, and one tick's check. */
import {
  balancerSettingsSchema,
  decideRebalance,
  isEndangered,
  planDeleverage,
  reachableTotals,
  replaceLeg,
  withMark,
} from '../../src/systems/balancer/index.ts';
import { bookOf, seeded } from './books.ts';
import { type Figure, percentile } from './figure.ts';

const settings = balancerSettingsSchema.parse({});
const WARM_UP = 200;

/** Allocation, thresholds, order of moves and the account's shortfall, for 1,000 positions. */
export function decide1000(runs = 3_000): Figure {
  const random = seeded(1);
  const books = Array.from({ length: 20 }, () => bookOf(1_000, random));
  const sample: number[] = [];
  for (let run = 0; run < runs + WARM_UP; run += 1) {
    const book = books[run % books.length] ?? bookOf(1_000, random);
    const startedAt = performance.now();
    decideRebalance(book, settings);
    planDeleverage(book, settings);
    if (run >= WARM_UP) sample.push(performance.now() - startedAt);
  }
  const value = percentile(sample, 99);
  return { name: 'decide_1000_p99_ms', value, unit: 'ms', goal: '< 5' };
}

/** How the cost of a decision grows with the book: each step is ten times the positions. */
export function decideScaling(): Figure[] {
  const random = seeded(4);
  return [100, 1_000, 10_000].map((size) => {
    const book = bookOf(size, random);
    const sample: number[] = [];
    for (let run = 0; run < 300; run += 1) {
      const startedAt = performance.now();
      decideRebalance(book, settings);
      planDeleverage(book, settings);
      if (run >= 100) sample.push(performance.now() - startedAt);
    }
    const value = percentile(sample, 50);
    const perPosition = ((value * 1_000) / size / Math.log2(size)).toFixed(3);
    return {
      name: `decide_${size}_p50_ms`,
      value,
      unit: `ms (${perPosition} us per n log2 n)`,
      goal: 'grows no faster than n log n',
    };
  });
}

/** A new mark in a book of 1,000: sums brought up to date, and the position checked. */
export function emergencyTick1000(ticks = 20_000): Figure {
  const random = seeded(2);
  const book = bookOf(1_000, random);
  const legs = [...book.legs];
  let totals = reachableTotals(book, 0);
  const sample: number[] = [];
  for (let tick = 0; tick < ticks + 2_000; tick += 1) {
    const index = Math.floor(random() * legs.length);
    const before = legs[index];
    if (!before) continue;
    const price = before.markPrice * (1 + (random() - 0.5) * 0.002);
    const startedAt = performance.now();
    const after = withMark(before, price);
    totals = replaceLeg(totals, before, after);
    isEndangered(after, totals, book.availableUsd, settings);
    const took = performance.now() - startedAt;
    legs[index] = after;
    if (tick >= 2_000) sample.push(took * 1_000);
  }
  const value = percentile(sample, 99);
  return { name: 'emergency_tick_1000_p99_us', value, unit: 'us', goal: '< 50' };
}
