import { describe, expect, test } from 'vitest';
import { drawPng } from '../../src/charts/draw.ts';
import { ChartSpecError } from '../../src/charts/errors.ts';
import { paletteOf } from '../../src/charts/plot/palette.ts';
import type { ChartSpec } from '../../src/charts/spec.ts';
import { countOf, pixelsOf } from './pixels.ts';
import * as specs from './specs.ts';

const dark = paletteOf('dark');

/** A specification whose type a caller has circumvented. */
const broken = (spec: object): ChartSpec => spec as ChartSpec;

function first(spec: ChartSpec, count: number): ChartSpec {
  const cut = <T>(list: readonly T[]): T[] => list.slice(0, count);
  switch (spec.kind) {
    case 'margin': {
      const positions = spec.positions.map((line) => ({ ...line, values: cut(line.values) }));
      return { ...spec, times: cut(spec.times), positions, accountRates: cut(spec.accountRates) };
    }
    case 'equity':
      return { ...spec, times: cut(spec.times), equity: cut(spec.equity), free: cut(spec.free) };
    case 'collateral': {
      const positions = spec.positions.map((line) => ({ ...line, values: cut(line.values) }));
      return { ...spec, times: cut(spec.times), positions, equity: cut(spec.equity) };
    }
    case 'price': {
      const liquidationPrices = cut(spec.liquidationPrices);
      return { ...spec, times: cut(spec.times), prices: cut(spec.prices), liquidationPrices };
    }
    case 'survival':
      return { ...spec, lines: spec.lines.map((l) => ({ ...l, points: cut(l.points) })) };
    case 'positions':
      return { ...spec, positions: cut(spec.positions) };
  }
}

describe('little data', () => {
  test.each(specs.everyKind)('$kind: no point is a picture that says so', (spec) => {
    const pixels = pixelsOf(first(spec, 0));
    expect(countOf(pixels, dark.muted, 250, 550)).toBeGreaterThan(200);
  });

  test.each(specs.everyKind)('$kind: one point is a picture', (spec) => {
    expect(drawPng(first(spec, 1)).length).toBeGreaterThan(3_000);
  });

  test('one point of a line is a dot', () => {
    const pixels = pixelsOf(first(specs.price, 1));
    expect(countOf(pixels, dark.lines[0] ?? '', 200, 500)).toBeGreaterThan(40);
  });

  test('no point but a span shows its times', () => {
    const empty = first(specs.equity, 0);
    const span = { fromAt: specs.START, toAt: specs.START + 86_400_000 };
    const withTimes = countOf(pixelsOf(broken({ ...empty, ...span })), dark.muted);
    expect(withTimes).toBeGreaterThan(countOf(pixelsOf(empty), dark.muted));
  });
});

describe('odd data', () => {
  const { times, flat } = specs;

  test('a constant series is a level line', () => {
    const spec = { ...specs.price, prices: flat(5), liquidationPrices: flat(5), entryPrice: 5 };
    expect(drawPng(spec).length).toBeGreaterThan(3_000);
    const zero = { ...specs.equity, equity: flat(0), free: flat(0) };
    expect(countOf(pixelsOf(zero), dark.ink, 200, 300)).toBeGreaterThan(200);
  });

  test('negative equity goes below zero', () => {
    const falling = times.map((_, i) => 1_000 - i * 100);
    const pixels = pixelsOf({ ...specs.equity, equity: falling, free: flat(0) });
    expect(countOf(pixels, dark.ink, 500, 550)).toBeGreaterThan(50);
  });

  test('all values unknown is the same as no value', () => {
    const unknown = times.map(() => null);
    const pixels = pixelsOf({ ...specs.equity, equity: unknown, free: unknown });
    expect(countOf(pixels, dark.muted, 300, 480)).toBeGreaterThan(200);
  });

  test('a liquidation price far from the price does not flatten the price', () => {
    const far = { ...specs.price, liquidationPrices: flat(3), entryPrice: null };
    const near = { ...specs.price, liquidationPrices: times.map(() => null), entryPrice: null };
    const line = dark.lines[0] ?? '';
    expect(countOf(pixelsOf(far), line, 100, 500)).toBe(countOf(pixelsOf(near), line, 100, 500));
  });

  test('a rate far beyond the axis does not take the picture with it', () => {
    const healthy = { label: 'ETH', values: flat(1e6) };
    const spec = { ...specs.margin, positions: [{ label: 'BTC', values: flat(5) }, healthy] };
    const line = dark.lines[0] ?? '';
    expect(countOf(pixelsOf(spec), line, 150, 400)).toBeGreaterThan(500);
  });

  test('values of any size are drawn, however far from each other', () => {
    for (const value of [1e15, -1e15, 1e-9]) {
      const mixed = times.map((_, i) => (i % 2 === 0 ? value : 1));
      for (const spec of [
        { ...specs.equity, equity: mixed },
        { ...specs.price, prices: mixed },
        { ...specs.price, liquidationPrices: mixed },
        { ...specs.margin, positions: [{ label: 'BTC', values: mixed }] },
        { ...specs.margin, accountRates: mixed },
        { ...specs.collateral, equity: mixed },
      ]) {
        expect(drawPng(spec).length).toBeGreaterThan(3_000);
      }
    }
  });
});

describe('what is refused', () => {
  const { times } = specs;

  test.each([
    ['NaN', { ...specs.equity, equity: times.map(() => Number.NaN) }],
    ['infinity', { ...specs.margin, accountRates: times.map(() => Number.POSITIVE_INFINITY) }],
    ['a NaN distance', broken({ ...specs.positions, positions: [{ distancePct: Number.NaN }] })],
    ['fewer values than times', { ...specs.equity, equity: [1, 2] }],
    ['times out of order', { ...specs.equity, times: times.toReversed() }],
    ['an unknown zone', { ...specs.equity, zone: 'Mars/Olympus' }],
    [
      'a label the fonts cannot show',
      { ...specs.margin, positions: [{ label: '比特', values: [] }] },
    ],
    ['a control character', { ...specs.equity, currency: 'US\u0000D' }],
    ['an unknown kind', broken({ ...specs.equity, kind: 'pie' })],
    ['an unknown field', broken({ ...specs.equity, title: 'x' })],
    ['a span that ends first', { ...specs.equity, fromAt: 2_000, toAt: 1_000 }],
    ['a survival above 100 %', { ...specs.survival, lines: [{ label: 'a', points: [[1, 101]] }] }],
  ])('%s', (_, spec) => {
    expect(() => drawPng(broken(spec))).toThrow(ChartSpecError);
  });
});
