import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paletteOf } from '../../../src/charts/plot/palette.ts';
import { pointsOf, thinned, usualGapMs } from '../../../src/charts/plot/points.ts';
import { spread } from '../../../src/charts/plot/spread.ts';
import { bandsOf, sampledTimes } from '../../../src/charts/plot/stack.ts';
import { fitted, widthOf } from '../../../src/charts/plot/text.ts';
import { hex } from '../pixels.ts';

describe('points', () => {
  test('a pause longer than usual breaks the line', () => {
    const times = [0, 10, 20, 30, 100, 110];
    expect(usualGapMs(times)).toBe(30);
    const points = pointsOf(times, [1, 1, 1, 1, 1, 1], 30);
    expect(points.map(({ value }) => value)).toEqual([1, 1, 1, 1, null, 1, 1]);
  });

  test('many points become fewer without losing an extreme or a gap', () => {
    const values = fc.array(fc.option(fc.integer({ min: -1_000, max: 1_000 }), { freq: 40 }), {
      minLength: 6_000,
      maxLength: 9_000,
    });
    fc.assert(
      fc.property(values, (list) => {
        const points = list.map((value, at) => ({ at, value }));
        const fewer = thinned(points, 0, points.length);
        expect(fewer.length).toBeLessThan(points.length);
        const known = (each: readonly { value: number | null }[]) =>
          each.flatMap(({ value }) => (value === null ? [] : [value]));
        expect(Math.min(...known(fewer))).toBe(Math.min(...known(points)));
        expect(Math.max(...known(fewer))).toBe(Math.max(...known(points)));
        const gaps = (each: readonly { value: number | null }[]) =>
          each.filter(({ value }) => value === null).length;
        expect(gaps(fewer)).toBe(gaps(points));
        expect(fewer.every(({ at }, i) => i === 0 || at > (fewer[i - 1]?.at ?? 0))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

describe('labels', () => {
  test('never overlap while there is room, never leave it, and keep their order', () => {
    const height = fc.double({ min: 0, max: 400, noNaN: true });
    fc.assert(
      fc.property(fc.array(height, { maxLength: 12 }), (wanted) => {
        const placed = spread(wanted, 30, 0, 400);
        const sorted = placed.toSorted((a, b) => a - b);
        expect(sorted.every((y) => y >= -1e-9 && y <= 400 + 1e-9)).toBe(true);
        expect(sorted.every((y, i) => i === 0 || y - (sorted[i - 1] ?? 0) >= 30 - 1e-6)).toBe(true);
        wanted.forEach((a, i) => {
          wanted.forEach((b, j) => {
            if (a < b) expect(placed[i]).toBeLessThan(placed[j] ?? 0);
          });
        });
      }),
    );
  });

  test('more labels than room share it', () => {
    const placed = spread(new Array<number>(40).fill(200), 30, 0, 400);
    expect(Math.min(...placed)).toBeCloseTo(0);
    expect(Math.max(...placed)).toBeCloseTo(400);
  });

  test('a long name is shortened until it fits', () => {
    const name = fitted('TESTSHIBAINU1000', 120);
    expect(name).toMatch(/^TEST.*…$/);
    expect(widthOf(name)).toBeLessThanOrEqual(120);
    expect(fitted('●', 1)).toBe('●');
  });
});

describe('stack', () => {
  const lines = [
    { label: 'A', values: [1, 1, null, 1] },
    { label: 'B', values: [5, null, null, 5] },
    { label: 'C', values: [2, 2, null, 2] },
  ];

  test('largest below; no position is no height, no sample is a gap', () => {
    const bands = bandsOf(lines, [0, 1, 2, 3], 8);
    expect(bands.map(({ label }) => label)).toEqual(['B', 'C', 'A']);
    expect(bands[0]?.values).toEqual([5, 0, null, 5]);
    expect(bands[2]?.tops).toEqual([8, 3, null, 8]);
  });

  test('what has no band of its own is summed', () => {
    const bands = bandsOf(lines, [0, 1, 2, 3], 2);
    expect(bands.map(({ label }) => label)).toEqual(['B', '+2']);
    expect(bands[1]?.values).toEqual([3, 3, null, 3]);
    expect(bands[1]?.tops).toEqual([8, 3, null, 8]);
  });

  test('samples are at most one for each pixel column, the newest included', () => {
    const times = Array.from({ length: 5_000 }, (_, i) => i);
    const samples = sampledTimes(times, [0, 4_999]);
    expect(samples.length).toBeLessThanOrEqual(601);
    expect(samples.at(-1)).toBe(4_999);
  });
});

describe('colours', () => {
  const luminance = (colour: string) => {
    const [r = 0, g = 0, b = 0] = hex(colour).map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string) => {
    const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };

  test.each(['dark', 'light'] as const)(
    'in %s everything stands out from paper and plot',
    (theme) => {
      const { paper, plot, lines, ...rest } = paletteOf(theme);
      const { ink, muted, critical, warning, calm } = rest;
      for (const ground of [paper, plot]) {
        for (const colour of [...lines, critical, warning, calm]) {
          expect(contrast(colour, ground), colour).toBeGreaterThan(3);
        }
        for (const colour of [ink, muted]) expect(contrast(colour, ground)).toBeGreaterThan(4.5);
      }
    },
  );
});
