import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { drawSeed } from '../../../src/sim/world/draw.ts';
import { MUTANTS } from '../../../src/sim/world/mutants/list.ts';
import { runSeed } from '../../../src/sim/world/run-seed.ts';

const SLOW_MS = 120_000;

describe('a simulated world', () => {
  test(
    'is the same again for the same seed, and another one for another',
    async () => {
      const first = await runSeed(11, 1);
      const again = await runSeed(11, 1);
      const other = await runSeed(12, 1);
      expect(again).toEqual(first);
      expect(other.hash).not.toBe(first.hash);
      expect([...first.violations, ...other.violations]).toEqual([]);
      expect(first.counts.effects).toBeGreaterThan(0);
    },
    SLOW_MS,
  );
});

test('seeds draw different troubles, and every kind is drawn by some', () => {
  const draws = Array.from({ length: 40 }, (_, i) => drawSeed(i + 1, 24));
  const kinds = new Set(draws.flatMap(({ perHour }) => [...perHour.keys()]));
  expect(kinds.size).toBeGreaterThan(45);
  expect(new Set(draws.map(({ perHour }) => perHour.size)).size).toBeGreaterThan(10);
  expect(draws.every(({ positions }) => positions >= 3 && positions <= 40)).toBe(true);
});

describe('planted bugs', () => {
  test('are at least twenty, each with a name of its own', () => {
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
    expect(MUTANTS.length).toBeGreaterThanOrEqual(20);
  });

  test.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))('%s', (_, mutant) => {
    const text = readFileSync(join(import.meta.dirname, '../../../src', mutant.file), 'utf8');
    expect(text.split(mutant.from)).toHaveLength(2);
    expect(mutant.to).not.toBe(mutant.from);
  });
});
