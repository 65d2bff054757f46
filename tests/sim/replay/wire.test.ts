import { describe, expect, test } from 'vitest';
import { Wire } from '../../../src/sim/replay/wire.ts';
import { WriteLimit } from '../../../src/sim/replay/write-limit.ts';
import { accountFrom, moneyCents } from './fixtures.ts';

const DRAFTS = [
  { base: 'BTC', amount: 100, entry: 100, collateralUsd: 1_000 },
  { base: 'ETH', amount: -100, entry: 100, collateralUsd: 1_000 },
];
const URGENT = { routine: false, readMs: 0 };

function rig(freeUsd: number, { latencyMs = 250, perMinute = 90 } = {}) {
  const account = accountFrom(DRAFTS, freeUsd);
  const refused: number[] = [];
  const limit = new WriteLimit(perMinute);
  const hooks = { onRefused: (i: number) => refused.push(i) };
  const wire = new Wire(account, limit, { latencyMs, serial: false }, hooks);
  return { account, limit, refused, wire };
}

const flat = (): number => 100;

describe('writes on their way', () => {
  test('take the latency; an increase waits for the cash of the decreases', () => {
    const { account, wire } = rig(0);
    const give = { kind: 'collateral', i: 1, from: 100_000, to: 60_000 } as const;
    const take = { kind: 'collateral', i: 0, from: 100_000, to: 140_000 } as const;
    wire.send([give, take], 1_000, URGENT);
    wire.advance(1_249, flat);
    expect(account.collateral[1]).toBe(100_000);
    wire.advance(1_250, flat);
    expect([account.collateral[1], account.collateral[0]]).toEqual([60_000, 100_000]);
    // Promised to the increase: nobody else may plan with it.
    expect([account.freeCents, wire.availableCents]).toEqual([40_000, 0]);
    wire.advance(1_500, flat);
    expect(account.collateral[0]).toBe(140_000);
    expect(moneyCents(account)).toBe(200_000);
    expect(wire.isIdle).toBe(true);
  });

  test('a decrease below what the venue demands is refused and remembered', () => {
    const { account, refused, wire } = rig(0);
    wire.send([{ kind: 'collateral', i: 0, from: 100_000, to: 9_999 }], 0, URGENT);
    wire.advance(1_000, flat);
    expect(refused).toEqual([0]);
    expect(account.collateral[0]).toBe(100_000);
  });

  test('a top-up of a position that died on the way is void, and the cash stays', () => {
    const { account, wire } = rig(500);
    wire.send([{ kind: 'collateral', i: 0, from: 100_000, to: 150_000 }], 0, URGENT);
    wire.advance(250, () => 90);
    expect(account.liquidations).toBe(1);
    expect(account.freeCents).toBe(50_000);
  });

  test('a rescue drops what is left of a routine plan', () => {
    const { account, wire } = rig(0);
    const give = { kind: 'collateral', i: 1, from: 100_000, to: 60_000 } as const;
    const take = { kind: 'collateral', i: 0, from: 100_000, to: 140_000 } as const;
    wire.send([give, take], 0, { routine: true, readMs: 0 });
    wire.dropRoutine(100);
    wire.advance(10_000, flat);
    expect([account.collateral[1], account.collateral[0]]).toEqual([60_000, 100_000]);
  });

  test('a roll whose second half cannot be paid is a reduction, and says so', () => {
    const { account, wire } = rig(0);
    const close = { kind: 'close', i: 0, quantity: 100 } as const;
    const open = { kind: 'reopen', i: 0, side: 1, quantity: 100 } as const;
    wire.send([close, { ...open, marginCents: 500_000 }], 0, URGENT);
    wire.advance(10_000, flat);
    expect(wire.counts).toMatchObject({ rolls: 0, reductions: 1, failed: 1 });
    expect(account.amounts[0]).toBe(0);
  });

  test('a roll brings the exposure back', () => {
    const { account, wire } = rig(0);
    const close = { kind: 'close', i: 0, quantity: 100 } as const;
    const open = { kind: 'reopen', i: 0, side: 1, quantity: 100, marginCents: 50_000 } as const;
    wire.send([close, open], 0, URGENT);
    wire.advance(250, flat);
    expect(account.amounts[0]).toBe(0);
    wire.advance(500, flat);
    expect(wire.counts).toMatchObject({ rolls: 1, reductions: 0 });
    expect(account.amounts[0]).toBe(100);
    expect(account.costCents).toBe(2 * 1_650);
  });
});

describe('the limit of writes', () => {
  test('no minute holds more than it, and what is too much waits', () => {
    const limit = new WriteLimit(3);
    expect([0, 0, 0, 10, 20].map((now) => limit.reserve(now))).toEqual([0, 0, 0, 60_000, 60_000]);
    expect(limit.worstMinute).toBe(3);
  });

  test('routine moves leave half of it for emergencies and never wait', () => {
    const limit = new WriteLimit(4);
    expect([0, 0, 0].map((now) => limit.takeRoutine(now))).toEqual([true, true, false]);
    expect(limit.reserve(0)).toBe(0);
    expect(limit.takeRoutine(60_000)).toBe(true);
  });
});
