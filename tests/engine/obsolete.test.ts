/** A rescue overtakes a routine plan: it is written first, and the rest of the plan is dropped. */
import { expect, test } from 'vitest';
import { rig } from '../support/engine-rig.ts';
import { settle } from '../support/manual-clock.ts';

const MINUTE_MS = 60_000;
const holdings = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 1_000 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 1_000 },
  { base: 'LTC', quantity: 100, entry: 100, collateral: 1_000 },
];

async function waiting() {
  const made = await rig({ holdings, available: 0 });
  made.venue.recollateralise('BTC', 1_150);
  made.venue.recollateralise('ETH', 850);
  made.venue.writes.length = 0;
  let open = (): void => undefined;
  made.venue.limitsHeld = new Promise((resolve) => {
    open = resolve;
  });
  await made.clock.advance(MINUTE_MS);
  return { made, open };
}

test('without a rescue the plan goes on when the limits are known', async () => {
  const { made, open } = await waiting();
  open();
  await settle();
  expect(made.venue.writes.map(({ symbol }) => symbol)).toEqual(['tBTCF0:USTF0', 'tETHF0:USTF0']);
});

test('a rescue is written while the plan waits, and the plan writes nothing after it', async () => {
  const { made, open } = await waiting();
  await made.mark('LTC', 91);
  await settle();
  const rescue = made.venue.writes.map(({ symbol }) => symbol);
  expect(rescue.at(-1)).toBe('tLTCF0:USTF0');
  open();
  await settle();
  expect(made.venue.writes).toHaveLength(rescue.length);
  const outcomes = made
    .told('adjusted')
    .at(-1)
    ?.adjustments.map(({ outcome }) => outcome);
  expect(outcomes).toEqual([{ kind: 'denied', reason: 'plan_obsolete' }]);
});

test('nobody is lowered when no write is left to pass the money on', async () => {
  const made = await rig({ holdings, available: 0 });
  made.venue.recollateralise('BTC', 1_150);
  made.venue.recollateralise('ETH', 850);
  made.venue.writes.length = 0;
  made.venue.writesAdmitted = 1;
  await made.clock.advance(MINUTE_MS);
  expect(made.venue.writes).toEqual([]);
  expect(made.told('adjusted').at(-1)?.adjustments[0]?.outcome).toEqual({
    ...{ kind: 'denied', reason: 'writes_kept' },
  });
  made.venue.writesAdmitted = 2;
  await made.clock.advance(MINUTE_MS);
  expect(made.venue.writes.map(({ symbol }) => symbol)).toEqual(['tBTCF0:USTF0', 'tETHF0:USTF0']);
});
