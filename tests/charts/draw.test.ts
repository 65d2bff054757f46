import { describe, expect, test } from 'vitest';
import { drawPng } from '../../src/charts/draw.ts';
import { paletteOf } from '../../src/charts/plot/palette.ts';
import { at, countOf, differing, hex, isNear, pixelsOf, rowsOf } from './pixels.ts';
import * as specs from './specs.ts';

const dark = paletteOf('dark');
/** The plot of pictures over time, in CSS pixels. */
const TOP = 62;
const BOTTOM = 448;

describe('every kind of picture', () => {
  test.each(specs.everyKind)('$kind: the same specification gives the same bytes', (spec) => {
    const png = drawPng(spec);
    expect(Buffer.from(drawPng(structuredClone(spec))).equals(png)).toBe(true);
    expect([...png.subarray(1, 4)].map((code) => String.fromCharCode(code)).join('')).toBe('PNG');
    expect(png.length).toBeGreaterThan(5_000);
    expect(png.length).toBeLessThan(600_000);
  });

  test.each(specs.everyKind)('$kind: is 1600 pixels wide', (spec) => {
    const { width, height } = pixelsOf(spec);
    expect(width).toBe(1600);
    if (spec.kind !== 'positions') expect(height).toBe(1000);
  });

  test.each(specs.everyKind)('$kind: has the paper of its theme', (spec) => {
    for (const theme of ['dark', 'light'] as const) {
      const pixels = pixelsOf({ ...spec, theme });
      expect(isNear(at(pixels, 2, 2), hex(paletteOf(theme).paper), 0)).toBe(true);
    }
  });

  test('a changed value changes the picture there and not elsewhere', () => {
    const changed = specs.equity.free.map((value, i) => (i === 30 ? 20_000 : value));
    const before = pixelsOf(specs.equity);
    const after = pixelsOf({ ...specs.equity, free: changed });
    expect(differing(before, before)).toBe(0);
    const pixels = differing(before, after);
    expect(pixels).toBeGreaterThan(200);
    expect(pixels).toBeLessThan(before.rgba.length / 4 / 20);
  });

  test('markup in a label is text', () => {
    const label = `<b>&"'</b>`;
    const spec = { ...specs.margin, positions: [{ label, values: specs.flat(5) }] };
    expect(drawPng(spec).length).toBeGreaterThan(5_000);
  });
});

describe('margin', () => {
  /** The axis of the ordinary margin picture goes from 0 to 15. */
  const heightOf = (rate: number) => BOTTOM - (rate / 15) * (BOTTOM - TOP);
  const spec = {
    ...specs.margin,
    positions: [{ label: 'BTC', values: specs.flat(11) }],
    accountRates: specs.flat(8),
  };

  test('the limits are drawn at their height in their colour', () => {
    const pixels = pixelsOf({ ...spec, positions: [{ label: 'BTC', values: specs.flat(15) }] });
    // Dashed lines: the first dash begins at the left edge of the plot.
    const x = 100;
    const red = rowsOf(pixels, x, dark.critical);
    const amber = rowsOf(pixels, x, dark.warning);
    expect(red.length).toBeGreaterThan(1);
    expect(amber.length).toBeGreaterThan(1);
    for (const y of red) expect(Math.abs(y - heightOf(2))).toBeLessThan(3);
    for (const y of amber) expect(Math.abs(y - heightOf(3))).toBeLessThan(3);
  });

  test('a limit that is not set is not drawn', () => {
    const pixels = pixelsOf({ ...spec, emergencyRatePct: null, accountWarningPct: null });
    expect(countOf(pixels, dark.critical)).toBe(0);
    expect(countOf(pixels, dark.warning)).toBe(0);
  });

  test('the account is thicker than any position', () => {
    const pixels = pixelsOf(spec);
    const account = rowsOf(pixels, 300, dark.ink);
    const position = rowsOf(pixels, 300, dark.lines[0] ?? '');
    expect(account.length).toBeGreaterThan(position.length);
    expect(position.length).toBeGreaterThan(2);
  });

  test('eight of two hundred positions stand out, the worst ones', () => {
    const positions = Array.from({ length: 200 }, (_, i) => ({
      label: `S${i}`,
      values: specs.flat(4 + i / 20),
    }));
    const pixels = pixelsOf({ ...spec, positions });
    const colours = dark.lines.filter((colour) => countOf(pixels, colour, 150, 300) > 50);
    expect(colours).toHaveLength(8);
    expect(countOf(pixels, dark.faint, 150, 300)).toBeGreaterThan(1_000);
    const first = rowsOf(pixels, 300, dark.lines[0] ?? '');
    const second = rowsOf(pixels, 300, dark.lines[1] ?? '');
    expect(Math.max(...first)).toBeGreaterThan(Math.max(...second));
  });
});

describe('gaps', () => {
  const blank = (values: readonly number[]) => values.map((v, i) => (i > 20 && i < 40 ? null : v));
  const line = dark.lines[0] ?? '';

  test('unknown values leave the middle of the picture empty', () => {
    const pixels = pixelsOf({ ...specs.price, prices: blank(specs.flat(64_000)) });
    expect(rowsOf(pixels, 120, line).length).toBeGreaterThan(2);
    expect(rowsOf(pixels, 330, line)).toEqual([]);
  });

  test('so do times at which nothing was sampled', () => {
    const kept = specs.times.filter((_, i) => i <= 20 || i >= 40);
    const prices = kept.map(() => 64_000);
    const spec = { ...specs.price, times: kept, prices, liquidationPrices: kept.map(() => null) };
    expect(rowsOf(pixelsOf(spec), 330, line)).toEqual([]);
    const joined = pixelsOf({ ...spec, gapMs: 86_400_000 });
    expect(rowsOf(joined, 330, line).length).toBeGreaterThan(2);
  });

  test('stacked collateral shows no band where nothing is known', () => {
    const positions = [{ label: 'BTC', values: blank(specs.flat(6_000)) }];
    const spec = { ...specs.collateral, positions, equity: blank(specs.flat(9_000)) };
    const pixels = pixelsOf(spec);
    expect(isNear(at(pixels, 330, BOTTOM - 60), hex(dark.plot), 2)).toBe(true);
    expect(isNear(at(pixels, 120, BOTTOM - 60), hex(dark.plot), 20)).toBe(false);
  });
});

describe('positions', () => {
  test('the nearest to liquidation comes first, with the colour of its danger', () => {
    const { rgba, width, height } = pixelsOf(specs.positions);
    const pixels = { rgba, width, height };
    const topOf = (colour: string) => {
      for (let y = 0; y < height / 2; y += 1) {
        for (let x = 60; x < 400; x += 2) {
          if (isNear(at(pixels, x, y), hex(colour))) return y;
        }
      }
      return -1;
    };
    const [red, amber, blue] = [topOf(dark.critical), topOf(dark.warning), topOf(dark.calm)];
    expect(red).toBeGreaterThan(0);
    expect(red).toBeLessThan(amber);
    expect(amber).toBeLessThan(blue);
  });

  test('an unknown distance has no bar', () => {
    const unknown = { label: 'XRP', distancePct: null, danger: 'calm' } as const;
    const pixels = pixelsOf({ ...specs.positions, positions: [unknown] });
    expect(countOf(pixels, dark.calm)).toBe(0);
  });

  test('grows with the positions, but two hundred still fit into a message', () => {
    const many = (n: number) =>
      pixelsOf({
        ...specs.positions,
        positions: Array.from({ length: n }, (_, i) => ({
          label: `S${i}`,
          distancePct: i / 2,
          danger: 'calm' as const,
        })),
      });
    expect(many(20).height).toBeGreaterThan(many(5).height);
    const all = many(200);
    expect(all.width + all.height).toBeLessThan(10_000);
    expect(countOf(all, dark.calm, 400, 420)).toBeGreaterThan(500);
  });
});
