import { describe, expect, test } from 'vitest';
import { LOCALES } from '../../../src/bot/i18n/locale.ts';
import { timeZoneOf } from '../../../src/bot/i18n/time-zone.ts';
import { price, quantity, shortUsd, usd } from '../../../src/bot/views/format.ts';
import * as times from '../../../src/bot/views/times.ts';
import { Decimal } from '../../../src/core/decimal.ts';

const NOON = Date.UTC(2026, 10, 21, 12, 3, 5);
const reader = (locale: (typeof LOCALES)[number], timeZone = 'UTC') => ({ locale, timeZone });

describe('times', () => {
  test.each([
    ['UTC', '12:03:05 UTC'],
    ['Asia/Seoul', '21:03:05 UTC+9'],
    ['Asia/Shanghai', '20:03:05 UTC+8'],
    ['America/St_Johns', '08:33:05 UTC-3:30'],
    ['Europe/London', '12:03:05 UTC'],
  ])('in %s noon in UTC is %s, in every language', (zone, text) => {
    for (const locale of LOCALES) expect(times.clockTime(NOON, reader(locale, zone))).toBe(text);
  });

  test('the offset is the one in force at that time of the year', () => {
    const berlin = reader('en', 'Europe/Berlin');
    expect(times.zoneName(Date.UTC(2026, 0, 1), berlin)).toBe('UTC+1');
    expect(times.zoneName(Date.UTC(2026, 6, 1), berlin)).toBe('UTC+2');
  });

  test('midnight is 00:00, never 24:00', () => {
    const midnight = Date.UTC(2026, 10, 21);
    for (const locale of LOCALES) expect(times.shortTime(midnight, reader(locale))).toBe('00:00');
  });

  test('another day is named, on the reader’s own calendar', () => {
    const seoul = reader('ko', 'Asia/Seoul');
    const before = NOON - 12.5 * 3_600_000;
    expect(times.moment(before, NOON, seoul)).toBe('08:33:05 UTC+9');
    expect(times.moment(before, NOON, reader('en'))).toBe('Nov 20 23:33:05 UTC');
    expect(times.shortMoment(before, seoul)).toBe('11-21 08:33');
    expect(times.isoDay(before, reader('zh-Hans', 'America/New_York'))).toBe('2026-11-20');
  });

  test('days are named as the language names them', () => {
    expect(LOCALES.map((locale) => times.dayName('2026-11-21', reader(locale)))).toEqual([
      'Sat, Nov 21, 2026',
      '2026年11月21日周六',
      '2026年11月21日週六',
      '2026년 11월 21일 (토)',
    ]);
    expect(times.dayName('soon', reader('en'))).toBe('soon');
  });
});

describe('time zones', () => {
  test.each([
    ['asia/seoul', 'Asia/Seoul'],
    [' Europe/Berlin ', 'Europe/Berlin'],
    ['utc', 'UTC'],
    ['+08:00', null],
    ['Mars/Olympus', null],
    ['', null],
    ['x'.repeat(10_000), null],
  ])('%j is %s', (text, zone) => {
    expect(timeZoneOf(text)).toBe(zone);
  });
});

describe('numbers', () => {
  test('every language of the catalogue groups and points as the views do', () => {
    const full = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
    for (const locale of LOCALES) {
      expect(new Intl.NumberFormat(locale).format(-1_234_567)).toBe(usd(-1_234_567));
      expect(new Intl.NumberFormat(locale, full).format(12.5)).toBe(usd(12.5));
      expect(new Intl.NumberFormat(locale).format(65_432)).toBe(price(new Decimal(65_432)));
      expect(new Intl.NumberFormat(locale).format(1234.5)).toBe(quantity(new Decimal('1234.5')));
    }
  });

  test('large amounts are short in the units of the language', () => {
    const short = LOCALES.map((locale) => shortUsd(-12_345_678, { locale }));
    expect(short).toEqual(['-12.3M', '-1234.6万', '-1234.6萬', '-1234.6만']);
    expect(shortUsd(99_999, { locale: 'ko' })).toBe('99,999');
  });
});
