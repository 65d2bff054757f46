/** Reads that take minutes, as they do while the venue limits us: old data moves nothing. */
import { expect, test } from 'vitest';
import { Decimal } from '../../src/core/decimal.ts';
import { parseSymbol } from '../../src/core/symbol.ts';
import { rig } from '../support/engine-rig.ts';
import { settle } from '../support/manual-clock.ts';

const BTC = parseSymbol('tBTCF0:USTF0');
const MINUTE_MS = 60_000;
const level = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 1_000 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 1_000 },
];

function held(): { readonly until: Promise<void>; readonly open: () => void } {
  let open = (): void => {};
  const until = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { until, open };
}

test.each([
  ['sends nothing once the account is too old', 5 * MINUTE_MS, 0],
  ['goes on after a short wait', 2 * MINUTE_MS, 2],
])('a plan that waits for limits %s', async (_, waitMs, writes) => {
  const made = await rig({ holdings: level, available: 0 });
  made.venue.recollateralise('BTC', 1_150);
  made.venue.recollateralise('ETH', 850);
  made.venue.writes.length = 0;
  const gate = held();
  made.venue.limitsHeld = gate.until;
  await made.clock.advance(MINUTE_MS);
  await made.clock.advance(waitMs);
  expect(made.venue.writes).toEqual([]);
  gate.open();
  await settle();
  expect(made.venue.writes).toHaveLength(writes);
});

test('an account is as old as the older of its two answers', async () => {
  const made = await rig({ holdings: level, available: 0 });
  const gate = held();
  made.venue.walletHeld = gate.until;
  await made.clock.advance(MINUTE_MS);
  await made.clock.advance(4 * MINUTE_MS);
  gate.open();
  await settle();
  expect(made.engine.door.status().snapshotAgeMs).toBe(4 * MINUTE_MS);
});

test('a frame newer than the list of positions is not undone when the wallet arrives', async () => {
  const made = await rig({ holdings: level, available: 0 });
  const gate = held();
  made.venue.walletHeld = gate.until;
  await made.clock.advance(MINUTE_MS);
  made.venue.resize('BTC', 0.5);
  const position = made.venue.position('BTC');
  await made.clock.advance(1_000);
  if (position) made.feed.emit({ type: 'position', position });
  gate.open();
  await settle();
  const shown = made.engine.door.positions().find(({ symbol }) => symbol === BTC);
  expect(shown?.quantity).toEqual(new Decimal(0.5));
  expect(made.told('drift').map(({ change }) => change)).toEqual(['resized']);
});
