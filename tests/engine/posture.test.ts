/** Pauses by people and halts by the service itself: they stop writes and survive a restart. */
import { describe, expect, test } from 'vitest';
import { Decimal } from '../../src/core/decimal.ts';
import { parseSymbol } from '../../src/core/symbol.ts';
import { rig } from '../support/engine-rig.ts';
import { settle } from '../support/manual-clock.ts';

const ANN = { id: '7', name: 'Ann' };
const BTC = parseSymbol('tBTCF0:USTF0');
const uneven = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 300 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 3_000 },
];
const start = () => rig({ holdings: uneven, available: 500, start: false });

describe('a pause', () => {
  test('counts from the very call and refuses routine and rescue alike', async () => {
    const made = await start();
    const paused = made.engine.door.pause(null, ANN);
    expect(made.engine.door.status().paused).toMatchObject({ by: ANN, until: null });
    await paused;
    await made.engine.start();
    await made.mark('BTC', 9_750);
    await made.clock.advance(180_000);
    expect(made.venue.writes).toEqual([]);
    expect(made.told('paused')).toMatchObject([{ active: true, by: ANN }]);
  });

  test.each(['a pause', 'a stop'])('%s holds back what still waits for the disk', async (what) => {
    const made = await rig({ holdings: uneven, available: 500 });
    await made.clock.advance(120_000);
    const before = made.venue.writes.length;
    let release = (): void => undefined;
    made.journal.held = new Promise((resolve) => {
      release = resolve;
    });
    await made.mark('BTC', 9_000);
    const asked = what === 'a pause' ? made.engine.door.pause(null, ANN) : made.engine.stop('');
    await made.clock.advance(1_000);
    made.journal.held = null;
    release();
    await asked;
    await settle();
    expect(made.venue.writes).toHaveLength(before);
    const last = made.journal.records.filter(({ type }) => type === 'outcome').at(-1);
    const reason = what === 'a pause' ? 'paused' : 'halted';
    expect(last?.body).toMatchObject({ outcome: { kind: 'denied', reason } });
    const intents = made.journal.records.filter(({ type }) => type === 'intent');
    expect(intents.length).toBeGreaterThan(before);
  });

  test.each(['a pause', 'a stop'])('%s holds back what still waits in line', async (what) => {
    const made = await rig({ holdings: uneven, available: 500 });
    await made.clock.advance(120_000);
    const before = made.venue.writes.length;
    let release = (): void => undefined;
    made.venue.lineHeld = new Promise((resolve) => {
      release = resolve;
    });
    await made.mark('BTC', 9_000);
    const asked = what === 'a pause' ? made.engine.door.pause(null, ANN) : made.engine.stop('');
    await settle();
    release();
    await asked;
    await settle();
    expect(made.venue.writes).toHaveLength(before);
    const last = made.journal.records.filter(({ type }) => type === 'outcome').at(-1);
    const reason = what === 'a pause' ? 'paused' : 'halted';
    expect(last?.body).toMatchObject({ outcome: { kind: 'denied', reason } });
  });

  test('does not wear the exchange or the history out with rescues it refuses', async () => {
    const made = await start();
    await made.engine.door.pause(null, ANN);
    await made.engine.start();
    await made.clock.advance(61_000);
    const reads = made.venue.accountReads;
    for (let second = 0; second < 50; second += 1) {
      await made.mark('BTC', 9_750 - second);
      await made.clock.advance(990);
    }
    expect(made.told('emergency')).toHaveLength(1);
    const kept = made.history.records.filter(({ kind }) => kind === 'adjustments');
    expect(kept).toHaveLength(1);
    // The scheduled check is not due: a jump of prices may ask for one reading, refusals for none.
    expect(made.venue.accountReads - reads).toBeLessThanOrEqual(1);
  });

  test('ends by a person, and the account is looked at right away', async () => {
    const made = await start();
    await made.engine.door.pause(null, ANN);
    await made.engine.start();
    await made.clock.advance(61_000);
    expect(await made.engine.door.resume(ANN)).toBe('resumed');
    await settle();
    expect(made.venue.writes.length).toBeGreaterThan(0);
    expect(await made.engine.door.resume(ANN)).toBe('not_paused');
  });

  test('ends by itself at the time that was given', async () => {
    const made = await start();
    await made.engine.start();
    await made.engine.door.pause(made.clock.now() + 90_000, ANN);
    await made.clock.advance(89_000);
    expect(made.engine.door.status().paused).not.toBeNull();
    await made.clock.advance(2_000);
    expect(made.engine.door.status().paused).toBeNull();
  });

  test('survives a restart', async () => {
    const first = await start();
    await first.engine.door.pause(null, ANN);
    const second = await rig({ holdings: uneven, available: 500, after: first });
    await second.clock.advance(120_000);
    expect(second.engine.door.status().paused).toMatchObject({ by: ANN });
    expect(second.venue.writes).toEqual([]);
  });

  test('a person may still lower risk by hand, having seen the pause', async () => {
    const made = await start();
    await made.engine.door.pause(null, ANN);
    await made.engine.start();
    const answer = made.engine.door.previewAct({
      kind: 'topup',
      symbol: BTC,
      usd: new Decimal(100),
    });
    if (answer.kind !== 'preview') throw new Error('expected a preview');
    expect(answer.preview.notes).toContain('despite_pause');
    await made.engine.door.runAct(answer.preview.id, ANN);
    expect(made.venue.writes).toEqual([{ kind: 'set', symbol: BTC, amount: '400' }]);
  });
});

describe('a halt', () => {
  test('an unknown balance halts after a minute and lifts when it is known again', async () => {
    const made = await rig({ holdings: uneven, available: 500 });
    made.venue.available = null;
    await made.clock.advance(130_000);
    expect(made.engine.door.status()).toMatchObject({
      mode: 'halted',
      modeReason: 'equity_unknown',
    });
    made.venue.available = new Decimal(500);
    await made.clock.advance(70_000);
    expect(made.engine.door.status().mode).toBe('active');
    expect(made.told('halted').map(({ active }) => active)).toEqual([true, false]);
  });

  test('no prices and no answers halt, also across a restart, until one comes', async () => {
    const made = await rig({ holdings: uneven, available: 500 });
    made.venue.readFailure = 'no reply in 10000 ms';
    await made.clock.advance(100_000);
    expect(made.engine.door.status().mode).toBe('active');
    await made.clock.advance(40_000);
    expect(made.engine.door.status()).toMatchObject({
      ...{ mode: 'halted', modeReason: 'blind', haltNeedsPerson: false },
    });
    const next = await rig({ holdings: uneven, available: 500, after: made, start: false });
    expect(next.engine.door.status().modeReason).toBe('blind');
    made.venue.readFailure = null;
    await made.clock.advance(70_000);
    expect(made.engine.door.status().mode).toBe('active');
    expect(made.told('halted').map(({ active }) => active)).toEqual([true, false]);
  });

  test('prices that still come keep it awake while reads fail', async () => {
    const made = await rig({ holdings: uneven, available: 500 });
    made.venue.readFailure = 'no reply in 10000 ms';
    for (let i = 0; i < 10; i += 1) {
      await made.clock.advance(30_000);
      await made.mark('BTC', 10_000 + i);
    }
    expect(made.engine.door.status().modeReason).not.toBe('blind');
  });

  test('a rejected key waits for a person, also across a restart', async () => {
    const made = await rig({ holdings: uneven, available: 500 });
    made.venue.readFailure = 'refused with 10100 apikey: invalid';
    made.venue.keyRejected = true;
    await made.clock.advance(61_000);
    expect(made.engine.door.status()).toMatchObject({ mode: 'halted', haltNeedsPerson: true });
    expect(await made.engine.door.clearHalt(ANN)).toBe('holds');
    made.venue.readFailure = null;
    made.venue.keyRejected = false;
    await made.clock.advance(120_000);
    expect(made.engine.door.status().mode).toBe('halted');
    const next = await rig({ holdings: uneven, available: 500, after: made });
    expect(next.engine.door.status().modeReason).toBe('key_rejected');
    expect(await next.engine.door.clearHalt(ANN)).toBe('cleared');
    expect(next.engine.door.status().mode).toBe('active');
  });

  test('somebody who keeps moving collateral back is not fought for ever', async () => {
    const made = await rig({ holdings: uneven, available: 500 });
    for (let i = 0; i < 8; i += 1) {
      await made.clock.advance(60_000);
      made.venue.recollateralise('ETH', 3_000 + 900 * i);
    }
    await made.clock.advance(65_000);
    expect(made.engine.door.status()).toMatchObject({ mode: 'reducing', modeReason: 'contested' });
  });

  test('a clock far from the venue’s halts until it is right again', async () => {
    const made = await rig({ holdings: uneven, available: 500 });
    const price = new Decimal(10_000);
    const at = () => made.clock.now();
    made.feed.emit({ type: 'mark', mark: { symbol: BTC, price, at: at() + 120_000 } });
    await made.clock.advance(6_000);
    expect(made.engine.door.status().modeReason).toBe('clock_skew');
  });
});
