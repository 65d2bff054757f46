/** The wall clock is stepped while the engine runs: ids go on rising, and rescues go on. */
import { describe, expect, test } from 'vitest';
import { Decimal } from '../../src/core/decimal.ts';
import { HOUR_MS } from '../../src/core/time.ts';
import { type Rig, rig } from '../support/engine-rig.ts';
import { symbolOf } from '../support/memory-venue.ts';
import { Books } from './books.ts';

const DAY_MS = 24 * HOUR_MS;
const holdings = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 1_000 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 1_000 },
];

function cids({ journal }: Rig): number[] {
  return journal.records.flatMap(({ type, body }) =>
    type === 'intent' ? [(body as { cid: number }).cid] : [],
  );
}

function openIntents({ journal }: Rig): number {
  const books = new Books(false);
  for (const record of journal.records) books.onRecord(record);
  expect(books.violations).toEqual([]);
  return books.open().length;
}

/** A price with the exchange's own time, which does not step with ours. */
async function fall(made: Rig, price: number, steppedMs = 0): Promise<void> {
  const symbol = symbolOf('BTC');
  made.venue.prices.set(symbol, new Decimal(price));
  await made.clock.advance(10);
  const at = made.clock.now() - steppedMs;
  made.feed.emit({ type: 'mark', mark: { symbol, price: new Decimal(price), at } });
  await made.clock.advance(1_000);
}

describe.each([
  ['back by two hours', -2 * HOUR_MS],
  ['back by a day', -DAY_MS],
  ['forward by two hours', 2 * HOUR_MS],
  ['forward over midnight', DAY_MS],
])('a clock stepped %s', (_, stepMs) => {
  test('repeats no id, halts until it is right again, and then rescues as before', async () => {
    const made = await rig({ holdings, available: 1_000 });
    await fall(made, 9_300);
    const before = cids(made).length;
    expect(before).toBeGreaterThan(0);
    made.clock.setWall(made.clock.now() + stepMs);
    await fall(made, 9_200, stepMs);
    await made.clock.advance(6_000);
    expect(made.engine.door.status()).toMatchObject({ mode: 'halted', modeReason: 'clock_skew' });
    const halted = cids(made).length;
    await fall(made, 9_050, stepMs);
    expect(cids(made)).toHaveLength(halted);
    made.clock.setWall(made.clock.now() - stepMs);
    await fall(made, 9_000);
    await made.clock.advance(60_000);
    expect(made.engine.door.status().mode).toBe('active');
    const all = cids(made);
    expect(all.length).toBeGreaterThan(halted);
    expect(all).toEqual([...new Set(all)].sort((a, b) => a - b));
    expect(openIntents(made)).toBe(0);
  });

  test('while it was down repeats no id either', async () => {
    const made = await rig({ holdings, available: 1_000 });
    await fall(made, 9_300);
    const before = cids(made).length;
    made.clock.setWall(made.clock.now() + stepMs);
    const next = await rig({ holdings, available: 0, after: made });
    await fall(next, 8_800);
    const all = cids(next);
    expect(all.length).toBeGreaterThan(before);
    expect(all).toEqual([...new Set(all)].sort((a, b) => a - b));
  });

  test('finds out what became of a write that was open when it was stepped', async () => {
    const made = await rig({ holdings, available: 1_000 });
    const count = cids(made).length;
    made.venue.fates.push('lose_request');
    await fall(made, 9_000);
    expect(cids(made).length).toBeGreaterThan(count);
    expect(openIntents(made)).toBe(1);
    made.clock.setWall(made.clock.now() + stepMs);
    await made.clock.advance(30_000);
    expect(openIntents(made)).toBe(0);
  });
});
