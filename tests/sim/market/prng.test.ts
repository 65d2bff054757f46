import { expect, test } from 'vitest';
import { Prng } from '../../../src/sim/market/index.ts';

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw);
const mean = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length;

test('uniform draws fill [0, 1) evenly', () => {
  const random = new Prng(1);
  const found = draws(100_000, () => random.next());
  expect(mean(found)).toBeCloseTo(0.5, 2);
  expect(found.every((x) => x >= 0 && x < 1)).toBe(true);
  const tenths = new Set(found.map((x) => Math.floor(x * 1_000)));
  expect(tenths.size).toBe(1_000);
});

test('fat-tailed draws have variance 1 and far more outliers than normal ones', () => {
  const random = new Prng(2);
  const found = draws(200_000, () => random.fatTailed());
  expect(mean(found)).toBeCloseTo(0, 1);
  expect(mean(found.map((x) => x * x))).toBeCloseTo(1, 1);
  const beyond = found.filter((x) => Math.abs(x) > 4).length;
  // Student's t with 4 degrees of freedom: 0.48 % beyond 4 √2; a normal has 0.006 %.
  expect(beyond / found.length).toBeGreaterThan(0.003);
  expect(Math.max(...found.map(Math.abs).slice(0, 100_000))).toBeLessThan(15);
});

test('streams of one seed are independent, and repeatable', () => {
  const root = new Prng(3);
  const first = root.stream('a');
  const other = root.stream('b');
  root.next();
  expect(root.stream('a').next()).toBe(first.next());
  expect(other.next()).not.toBe(root.stream('a').next());
});
