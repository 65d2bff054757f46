import { describe, expect, test } from 'vitest';
import { Decimal } from '../../src/core/decimal.ts';
import { onceSoon } from '../../src/engine/once-soon.ts';
import type { JournalEntry } from '../../src/ports/journal.ts';
import { rig } from '../support/engine-rig.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { symbolOf } from '../support/memory-venue.ts';

const holdings = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 1_000 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 1_000 },
];

describe('a frame that endangers a position', () => {
  test('has its intent with the journal before its turn is over', async () => {
    const made = await rig({
      holdings,
      available: 5_000,
      // The routine leaves everything alone, so that free balance pays for the rescue.
      settings: (defaults) => ({
        ...defaults,
        thresholds: { ...defaults.thresholds, min_adjustment_usdt: 1e9 },
      }),
    });
    const appended: string[] = [];
    const append = made.journal.append.bind(made.journal);
    made.journal.append = (entry: JournalEntry) => {
      appended.push(entry.type);
      return append(entry);
    };
    await made.clock.advance(10);
    const at = made.clock.now();
    const mark = { symbol: symbolOf('BTC'), price: new Decimal(9_150), at };
    made.feed.emit({ type: 'mark', mark });
    expect(appended).toEqual(['intent']);
    await settle();
    expect(made.told('emergency')).toHaveLength(1);
  });
});

test('many position frames of one moment choose the streams once', async () => {
  const made = await rig({ holdings, available: 5_000 });
  let chosen = 0;
  const subscribe = made.feed.subscribeMarks.bind(made.feed);
  made.feed.subscribeMarks = (symbols) => {
    chosen += 1;
    subscribe(symbols);
  };
  const positions = await made.venue.positions();
  for (let i = 0; i < 50; i += 1) made.feed.emit({ type: 'positions', positions });
  expect(chosen).toBe(0);
  await made.clock.advance(0);
  expect(chosen).toBe(1);
});

test('work asked for soon is done once for all who asked, and again for a later one', async () => {
  const clock = new ManualClock();
  let done = 0;
  const soon = onceSoon(clock, () => {
    done += 1;
  });
  soon();
  soon();
  expect(done).toBe(0);
  await clock.advance(0);
  expect(done).toBe(1);
  soon();
  await clock.advance(0);
  expect(done).toBe(2);
});
