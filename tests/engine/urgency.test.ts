/** A position that falls fast is given more than an even share while it falls. */
import { expect, test } from 'vitest';
import { rig } from '../support/engine-rig.ts';
import { symbolOf } from '../support/memory-venue.ts';

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

test('a fall that is over weighs no more once prices are read again', async () => {
  const roomy = holdings.map((holding) => ({ ...holding, collateral: 4_000 }));
  const { engine, mark, clock } = await rig({ holdings: roomy, available: 0 });
  const weight = () => {
    const answer = engine.door.why(symbolOf('ETH'));
    return answer.kind === 'why' ? answer.explanation.weight : null;
  };
  const before = weight();
  await mark('ETH', 1_000);
  await clock.advance(5_000);
  // The first of them is answered by a rescue, the second shows how it is weighed then.
  await mark('ETH', 800);
  await clock.advance(1_000);
  await mark('ETH', 799);
  expect(weight()).toBeGreaterThan(before ?? 0);
  await clock.advance(61_000);
  expect(weight()).toBe(before);
});
