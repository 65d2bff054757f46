import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axisFigures, percent, price, short } from '../../../src/charts/plot/figures.ts';
import { timeTicks } from '../../../src/charts/plot/time-ticks.ts';
import { valueAxis } from '../../../src/charts/plot/value-axis.ts';
import { isZone, offsetMs, zoneText } from '../../../src/charts/plot/zone.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('value axis', () => {
  test('covers all values with two to seven marks at the same distance', () => {
    const value = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
        const axis = valueAxis(values);
        const room = (axis.max - axis.min) * 1e-6;
        expect(axis.max).toBeGreaterThan(axis.min);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(axis.min - room);
        expect(Math.max(...values)).toBeLessThanOrEqual(axis.max + room);
        expect(axis.ticks.length).toBeGreaterThanOrEqual(2);
        expect(axis.ticks.length).toBeLessThanOrEqual(7);
        expect(new Set(axis.texts).size).toBe(axis.ticks.length);
      }),
    );
  });

  test('keeps the ends it is given', () => {
    expect(valueAxis([], { floor: 0, ceiling: 100 }).ticks).toEqual([0, 25, 50, 75, 100]);
    expect(valueAxis([], { floor: 0, ceiling: 100 }).texts).toEqual(['0', '25', '50', '75', '100']);
    expect(valueAxis([3, 7], { floor: 0 }).min).toBe(0);
  });
});

describe('time axis', () => {
  const noon = Date.UTC(2026, 10, 20, 12);

  test('a day has marks every six hours of local time, midnight with its date', () => {
    const texts = timeTicks(noon, noon + DAY, 'Asia/Taipei', 5).map(({ text }) => text);
    expect(texts).toEqual(['11-21', '06:00', '12:00', '18:00']);
  });

  test('a week has days only', () => {
    const texts = timeTicks(noon, noon + 7 * DAY, 'UTC', 5).map(({ text }) => text);
    expect(texts).toEqual(['11-21', '11-23', '11-25', '11-27']);
  });

  test('half an hour off stays on local hours', () => {
    const ticks = timeTicks(noon, noon + 4 * HOUR, 330, 5);
    expect(ticks.map(({ text }) => text)).toEqual(['18:00', '19:00', '20:00', '21:00']);
    expect(ticks[0]?.at).toBe(noon + HOUR / 2);
  });

  test('marks stay on local hours when clocks change', () => {
    const from = Date.UTC(2026, 9, 24, 12);
    const texts = timeTicks(from, from + DAY, 'Europe/Berlin', 5).map(({ text }) => text);
    expect(texts).toEqual(['18:00', '10-25', '06:00', '12:00']);
  });

  test('any span has at most the marks asked for, rising and inside', () => {
    const spans = fc.record({
      from: fc.integer({ min: 0, max: 4e12 }),
      length: fc.integer({ min: 1_000, max: 5e12 }),
      zone: fc.constantFrom('UTC', 'Asia/Kolkata', 'America/St_Johns', -210, 840),
    });
    fc.assert(
      fc.property(spans, ({ from, length, zone }) => {
        const ticks = timeTicks(from, from + length, zone, 6).map(({ at }) => at);
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(ticks.every((at) => at >= from && at <= from + length)).toBe(true);
        expect(ticks.every((at, i) => i === 0 || at > (ticks[i - 1] ?? 0))).toBe(true);
      }),
    );
  });

  test('zones are known by name or by minutes', () => {
    expect(offsetMs('America/New_York', Date.UTC(2026, 6, 1))).toBe(-4 * HOUR);
    expect(offsetMs('America/New_York', Date.UTC(2026, 0, 1))).toBe(-5 * HOUR);
    expect(zoneText('Asia/Kolkata', 0)).toBe('UTC+5:30');
    expect(zoneText(-210, 0)).toBe('UTC−3:30');
    expect(zoneText('UTC', 0)).toBe('UTC');
    expect(isZone('Asia/Seoul')).toBe(true);
    expect(isZone('Seoul')).toBe(false);
  });
});

describe('figures', () => {
  test.each([
    [0, '0'],
    [950, '950'],
    [12_345, '12.3k'],
    [999_999, '1M'],
    [-3_610, '−3.61k'],
    [0.00213, '0.00213'],
  ])('%d is short as %s', (value, text) => expect(short(value)).toBe(text));

  test.each([
    [64_210, '64,210'],
    [1_234.5, '1,234.5'],
    [1.0834, '1.0834'],
    [0.00021954, '0.0002195'],
    [123_456_789, '123M'],
  ])('%d is the price %s', (value, text) => expect(price(value)).toBe(text));

  test.each([
    [2.144, '2.14'],
    [14.25, '14.3'],
    [99.97, '100'],
    [-0.5, '−0.50'],
  ])('%d is the rate %s', (value, text) => expect(percent(value)).toBe(text));

  test('figures of an axis share decimals and suffix', () => {
    expect(axisFigures([0, 2.5, 5], 2.5)).toEqual(['0.0', '2.5', '5.0']);
    expect(axisFigures([0, 20_000, 40_000], 20_000)).toEqual(['0', '20k', '40k']);
    expect(axisFigures([63_925, 63_950], 25)).toEqual(['63,925', '63,950']);
    expect(axisFigures([-2_500, 0], 2_500)).toEqual(['−2,500', '0']);
  });
});
