import { describe, expect, test } from 'vitest';
import type { Book } from '../../../src/systems/balancer/model.ts';
import { atRisk } from '../../../src/systems/balancer/smart-feed.ts';
import { reachableTotals } from '../../../src/systems/balancer/totals.ts';
import { makeBook, makeSettings } from './make.ts';

const watched = (book: Book, settings = makeSettings()) =>
  [...atRisk(book.legs, reachableTotals(book, 0), book.availableUsd, settings)].map((symbol) =>
    symbol.slice(1, -8),
  );

describe('FR-16 marks are streamed for positions at risk only', () => {
  test('below twice the emergency rate', () => {
    // Alone, a position is always at its even distance; 4 % is the line.
    const calm = makeSettings({ emergency: { relative_trigger: 0.1 } });
    const book = (collateral: number) =>
      makeBook(0, { collateral, maintenanceRate: 0.005 }, { name: 'BBB' });
    expect(watched(book(399), calm)).toEqual(['AAA']);
    expect(watched(book(400), calm)).toEqual([]);
  });

  test('below one and a half times the relative trigger', () => {
    // Room 900 and 1,900 on 20,000: 14 %; 0.8 × 1.5 of it is 16.8 %.
    expect(watched(makeBook(0, {}, { name: 'BBB', collateral: 2_000 }))).toEqual(['AAA']);
    // 0.5 × 1.5 of it is 10.5 %, still above 9 %.
    const late = makeSettings({ emergency: { relative_trigger: 0.5 } });
    expect(watched(makeBook(0, {}, { name: 'BBB', collateral: 2_000 }), late)).toEqual(['AAA']);
    const latest = makeSettings({ emergency: { relative_trigger: 0.4 } });
    expect(watched(makeBook(0, {}, { name: 'BBB', collateral: 2_000 }), latest)).toEqual([]);
  });

  test('within what a spike a minute takes until the next read', () => {
    const polled = (seconds: number) =>
      makeSettings({
        emergency: { relative_trigger: 0.1 },
        monitor: { poll_interval_sec: seconds },
        thresholds: { price_spike_pct: 3 },
      });
    // Room 900 and 1,100 on 10,000: 9 % and 11 %; three minutes of 3 % are 9 %, four 12 %.
    const book = makeBook(0, { collateral: 1_000 }, { name: 'BBB', collateral: 1_200 });
    expect(watched(book, polled(180))).toEqual([]);
    expect(watched(book, polled(181))).toEqual(['AAA']);
    expect(watched(book, polled(240))).toEqual(['AAA', 'BBB']);
    // Twice as volatile, twice as far.
    const wild = makeBook(0, { collateral: 1_000 }, { name: 'BBB', collateral: 1_200, weight: 2 });
    expect(watched(wild, polled(120))).toEqual(['BBB']);
  });

  test('or all of them, when so set', () => {
    const all = makeSettings({ monitor: { subscription: 'all' } });
    expect(watched(makeBook(0, { collateral: 9_000 }, { name: 'BBB' }), all)).toEqual([
      'AAA',
      'BBB',
    ]);
  });

  test('without positions for nothing', () => {
    expect(watched(makeBook(100))).toEqual([]);
  });
});
