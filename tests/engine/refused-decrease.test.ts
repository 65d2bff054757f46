/** What a refused decrease teaches: only a refusal of the amount speaks of the venue's minimum. */
import { expect, test } from 'vitest';
import { Decimal } from '../../src/core/decimal.ts';
import { parseSymbol } from '../../src/core/symbol.ts';
import { type Rig, rig } from '../support/engine-rig.ts';
import type { Fate } from '../support/memory-venue.ts';

const BTC = parseSymbol('tBTCF0:USTF0');
const uneven = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 1_900 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 1_600 },
];

/** A levelled account; then a rescue whose only donor is refused, and another one later. */
async function rescuedTwice(fate: Fate, minimumUsd: number | null, laterMs = 2_100) {
  const made = await rig({ holdings: uneven, available: 0 });
  const { venue, clock } = made;
  venue.minimums.set(BTC, new Decimal(minimumUsd ?? 0));
  if (minimumUsd === null) venue.limitsHeld = new Promise(() => undefined);
  venue.fates.push(fate);
  await made.mark('ETH', 880);
  await clock.advance(laterMs);
  venue.writes.length = 0;
  await made.mark('ETH', 838);
  return made;
}

const loweredIn = ({ venue }: Pick<Rig, 'venue'>) =>
  venue.writes.filter(({ symbol }) => symbol === BTC).map(({ amount }) => Number(amount));

test('a donor refused for the amount is not asked again while its minimum is unknown', async () => {
  expect(loweredIn(await rescuedTwice('reject', null))).toEqual([]);
});

test('it gives down to the minimum that the venue names then, with a little over', async () => {
  expect(loweredIn(await rescuedTwice('reject', 1_700))).toEqual([1_717]);
});

test('what was learned outlives the reads of a crash, and is forgotten after them', async () => {
  expect(loweredIn(await rescuedTwice('reject', 1_700, 15_000))).toEqual([1_717]);
  const [toUsd = 0] = loweredIn(await rescuedTwice('reject', 1_700, 65_000));
  expect(toUsd).toBeLessThan(1_700);
});

test('a donor refused for something else gives as before', async () => {
  const [toUsd = 0] = loweredIn(await rescuedTwice('reject_for_now', 1_700));
  expect(toUsd).toBeGreaterThan(0);
  expect(toUsd).toBeLessThan(1_700);
});
