/** A fast fall makes reductions begin earlier than the same loss over minutes. */
import { expect, test } from 'vitest';
import { rig } from '../support/engine-rig.ts';

/** With 8 % of margin a fall of 3 % leaves more than three times the maintenance. */
const holdings = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 800 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 800 },
];

/** Plans proposed once both have fallen by 3 %, over so many seconds. */
async function plansAfter(seconds: number): Promise<number> {
  const { mark, clock, told } = await rig({ holdings, available: 0 });
  for (let pct = 0; pct <= 3; pct += 1) {
    await mark('BTC', 10_000 - 100 * pct);
    await mark('ETH', 1_000 - 10 * pct);
    await clock.advance((seconds * 1_000) / 3);
  }
  await mark('ETH', 970);
  return told('plan_proposed').length;
}

test('the same loss asks for reductions when it came within seconds, not minutes', async () => {
  expect(await plansAfter(300)).toBe(0);
  expect(await plansAfter(6)).toBe(1);
});
