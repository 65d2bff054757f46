/** A position that falls fast is given more than an even share while it falls. */
import { expect, test } from 'vitest';
import { rig } from '../support/engine-rig.ts';

const holdings = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 2_500 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 2_500 },
];

/** Collateral of the fallen one after its rescue, USD; it fell by 14 % in so many seconds. */
async function rescuedAfter(seconds: number): Promise<number> {
  const { venue, mark, clock } = await rig({ holdings, available: 0 });
  await mark('ETH', 1_000);
  await clock.advance(seconds * 1_000);
  await mark('ETH', 860);
  return venue.position('ETH')?.collateralUsd.toNumber() ?? 0;
}

test('the same loss brings more when it came within ten seconds than within twenty', async () => {
  const slow = await rescuedAfter(20);
  const fast = await rescuedAfter(5);
  expect(slow).toBeGreaterThan(2_500);
  expect(fast).toBeGreaterThan(slow * 1.1);
});
