/** Somebody else works against the service: after a few times it stops and asks. */
import { describe, expect, test } from 'vitest';
import { Decimal } from '../../src/core/decimal.ts';
import { parseSymbol } from '../../src/core/symbol.ts';
import { type Rig, rig } from '../support/engine-rig.ts';
import { settle } from '../support/manual-clock.ts';

const BTC = parseSymbol('tBTCF0:USTF0');
const MINUTE_MS = 60_000;
const uneven = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 300 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 2_000 },
];

/** Each minute somebody takes out of BTC what was put in. */
async function contest(made: Rig, times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    await made.clock.advance(MINUTE_MS);
    made.venue.recollateralise('BTC', 400 + i);
    made.venue.available = (made.venue.available ?? new Decimal(0)).plus(800);
  }
  await made.clock.advance(MINUTE_MS);
}

describe('collateral that somebody keeps taking out', () => {
  test('is put back a few times, then left alone until a person has looked', async () => {
    const made = await rig({ holdings: uneven, available: 500 });
    await contest(made, 6);
    expect(made.engine.door.status()).toMatchObject({ mode: 'reducing', haltNeedsPerson: true });
    const before = made.venue.writes.length;
    expect(before).toBeLessThanOrEqual(14);
    await contest(made, 20);
    expect(made.venue.writes).toHaveLength(before);
    expect(made.told('halted')).toMatchObject([{ active: true, reason: 'contested' }]);
  });

  test('does not keep a position near to liquidation from its rescue', async () => {
    const made = await rig({ holdings: uneven, available: 500 });
    await contest(made, 8);
    expect(made.engine.door.status().mode).toBe('reducing');
    const before = made.venue.writes.length;
    made.venue.recollateralise('BTC', 150);
    await made.clock.advance(MINUTE_MS);
    const rescue = made.venue.writes.slice(before);
    expect(rescue.map(({ symbol }) => symbol)).toContain(BTC);
  });
});

describe('a position that somebody keeps opening again', () => {
  const short = [{ base: 'BTC', quantity: 1, entry: 10_000, collateral: 110 }];

  test('is reduced without asking a few times, then by consent only', async () => {
    const made = await rig({
      holdings: short,
      available: 0,
      settings: (defaults) => ({
        ...defaults,
        liquidation: { ...defaults.liquidation, require_confirmation: false, cooldown_seconds: 0 },
      }),
    });
    for (let i = 0; i < 12; i += 1) {
      await made.mark('BTC', 9_990 - i);
      await made.clock.advance(MINUTE_MS);
      made.venue.resize('BTC', 1);
      await made.clock.advance(MINUTE_MS);
      await settle();
    }
    const orders = made.venue.writes.filter(({ kind }) => kind !== 'set').length;
    expect(orders).toBeGreaterThan(0);
    expect(orders).toBeLessThanOrEqual(6);
    expect(made.engine.door.status()).toMatchObject({ modeReason: 'contested' });
    expect(made.engine.door.plans()).toHaveLength(1);
  });
});
