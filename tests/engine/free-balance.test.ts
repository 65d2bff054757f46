/** The free balance around writes of unknown outcome: never more than there is. */
import { describe, expect, test } from 'vitest';
import { Decimal } from '../../src/core/decimal.ts';
import { type Rig, rig } from '../support/engine-rig.ts';
import { settle } from '../support/manual-clock.ts';
import type { Fate } from '../support/memory-venue.ts';

const rich = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 1_900 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 1_600 },
];
const poor = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 1_000 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 1_600 },
];

/** The first write's reply is lost, and with it the line until `readFailure` is cleared. */
async function lost(made: Rig, fate: Fate): Promise<Rig> {
  made.venue.deadAfterLoss = true;
  made.venue.fates.push(fate);
  await made.engine.start();
  await settle();
  expect(made.engine.door.status().unknownOutcomes).toBe(1);
  return made;
}

/** What the exchange says on the stream about its wallet. */
function walletFrame({ feed, venue }: Rig, usd = venue.available): void {
  const balanceUsd = new Decimal(0);
  feed.emit({ type: 'wallet', wallet: { currency: 'USTF0', balanceUsd, availableUsd: usd } });
}

/** Positions can be read again and the wallet cannot: what the engine believes without it. */
async function resolvedWithoutWallet({ venue, clock, engine }: Rig): Promise<number | undefined> {
  venue.walletHeld = new Promise(() => undefined);
  venue.readFailure = null;
  await clock.advance(10_000);
  expect(engine.door.status().unknownOutcomes).toBe(0);
  return engine.door.status().availableUsd?.toNumber();
}

describe('what an unknown decrease freed', () => {
  test('is counted once when the wallet has told of it before the outcome', async () => {
    const made = await rig({ holdings: rich, available: 0, start: false });
    await lost(made, 'lose_reply');
    walletFrame(made);
    const trueUsd = made.venue.available?.toNumber();
    expect(trueUsd).toBeGreaterThan(100);
    expect(await resolvedWithoutWallet(made)).toBe(trueUsd);
  });

  test('is counted only once the wallet tells of it', async () => {
    const made = await rig({ holdings: rich, available: 0, start: false });
    await lost(made, 'lose_reply');
    expect(await resolvedWithoutWallet(made)).toBe(0);
    walletFrame(made);
    const freeUsd = made.engine.door.status().availableUsd?.toNumber();
    expect(freeUsd).toBe(made.venue.available?.toNumber());
  });
});

describe('what an unknown increase took', () => {
  test('is spent as soon as it is known, though no wallet has told of it', async () => {
    const made = await rig({ holdings: poor, available: 700, start: false });
    await lost(made, 'lose_reply');
    const trueUsd = made.venue.available?.toNumber() ?? 0;
    expect(trueUsd).toBeLessThan(700);
    expect(await resolvedWithoutWallet(made)).toBe(trueUsd);
  });

  test('is free again when nothing was taken', async () => {
    const made = await rig({ holdings: poor, available: 700, start: false });
    await lost(made, 'lose_request');
    expect(made.engine.door.status().availableUsd?.toNumber()).toBeLessThan(700);
    expect(await resolvedWithoutWallet(made)).toBe(700);
  });

  test('is never counted as free by a frame from either side of it', async () => {
    for (const seen of ['before', 'after']) {
      const made = await rig({ holdings: poor, available: 700, start: false });
      await lost(made, 'lose_reply');
      const trueUsd = made.venue.available?.toNumber() ?? 0;
      walletFrame(made, seen === 'before' ? new Decimal(700) : made.venue.available);
      expect(made.engine.door.status().availableUsd?.toNumber()).toBeLessThanOrEqual(trueUsd);
      expect(await resolvedWithoutWallet(made)).toBeLessThanOrEqual(trueUsd);
    }
  });
});

test('the free balance is still read while an outcome stays unknown for minutes', async () => {
  const made = await rig({
    holdings: [{ base: 'ETH', quantity: 10, entry: 1_000, collateral: 2_000 }],
    available: 100,
    settings: (defaults) => ({
      ...defaults,
      thresholds: { ...defaults.thresholds, min_adjustment_usdt: 1e6 },
    }),
  });
  const { door } = made.engine;
  const act = { kind: 'reduce', symbol: 'tETHF0:USTF0' as never, sharePct: 50 } as const;
  const answer = door.previewAct(act);
  if (answer.kind !== 'preview') throw new Error('expected a preview');
  made.venue.hidesOrders = true;
  made.venue.fates.push('lose_request');
  void door.runAct(answer.preview.id, { id: '7', name: 'Ann' });
  await settle();
  made.venue.resize('ETH', 8);
  made.venue.available = new Decimal(40);
  await made.clock.advance(125_000);
  expect(door.status().unknownOutcomes).toBe(1);
  expect(door.status().availableUsd?.toNumber()).toBe(40);
});

test('a wallet read while a write is under way may show either side, and is left', async () => {
  const made = await rig({ holdings: poor, available: 700, start: false });
  let open = (): void => undefined;
  made.venue.lineHeld = new Promise((resolve) => {
    open = resolve;
  });
  const starting = made.engine.start();
  await settle();
  const { door } = made.engine;
  const before = door.status().availableUsd?.toNumber();
  expect(before).toBeLessThan(700);
  made.venue.available = new Decimal(650);
  made.feed.emit({ type: 'up', channel: 'account' });
  const readsBefore = made.venue.accountReads;
  await made.clock.advance(5_000);
  expect(made.venue.accountReads).toBeGreaterThan(readsBefore);
  expect(door.status().availableUsd?.toNumber()).toBe(before);
  open();
  await starting;
});
