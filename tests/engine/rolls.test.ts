/** Rolls: a winner is closed in part and opened again. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decimal } from '../../src/core/decimal.ts';
import { parseSymbol } from '../../src/core/symbol.ts';
import type { Fate } from '../support/memory-venue.ts';
import {
  ANN,
  approve,
  BTC,
  ended,
  kinds,
  locked,
  orders,
  planOf,
  recordsOf,
  rollIn,
} from '../support/roll-rig.ts';

describe('a roll', () => {
  test('is proposed with its cost and waits for approval like a reduction', async () => {
    const made = await locked();
    const plan = planOf(made);
    expect(plan).toMatchObject({ state: 'pending', purpose: 'harvest' });
    expect(plan?.reductions.map(({ symbol }) => symbol)).toEqual([BTC]);
    // 0.165 % of 3,000, twice.
    expect(rollIn(plan)?.costUsd.toNumber()).toBe(9.9);
    expect(rollIn(plan)?.marginUsd.gt(0)).toBe(true);
    await made.clock.advance(30_000);
    expect(orders(made)).toEqual([]);
  });

  test('closes at most the cap and opens the same again: two intents of one roll', async () => {
    const made = await locked();
    await approve(made);
    const plan = await ended(made);
    expect(orders(made)).toEqual([
      { kind: 'reduce', symbol: BTC, amount: '0.25' },
      { kind: 'reopen', symbol: BTC, amount: '0.25' },
    ]);
    expect(made.venue.position('BTC')?.quantity.toNumber()).toBe(1);
    expect(rollIn(plan)).toMatchObject({ outcome: { kind: 'confirmed' } });
    expect(rollIn(plan)?.reopenedQuantity?.toNumber()).toBe(0.25);
    const intents = recordsOf(made, 'intent').map(({ body }) => body) as {
      action: { kind: string; rollId?: string };
    }[];
    const ofRoll = intents.filter(({ action }) => action.rollId === `${plan.planId}-0`);
    expect(ofRoll.map(({ action }) => action.kind)).toEqual(['reduce_position', 'reopen_position']);
    expect(recordsOf(made, 'roll_started')).toHaveLength(1);
    expect(recordsOf(made, 'roll_ended')).toHaveLength(1);
  });

  test('is on disk before each of its orders is sent', async () => {
    const made = await locked();
    const send = made.venue.reopenPosition.bind(made.venue);
    let onDisk = 0;
    made.venue.reopenPosition = (intent) => {
      onDisk = recordsOf(made, 'intent').filter(
        ({ body }) => (body as { id: string }).id === intent.id,
      ).length;
      return send(intent);
    };
    await approve(made);
    await ended(made);
    expect(onDisk).toBe(1);
  });

  test('of a whole position brings it back; neither is told as others’ doing', async () => {
    const made = await locked({ capPct: 100 });
    await approve(made);
    await ended(made, 130_000);
    expect(kinds(made).slice(0, 2)).toEqual(['reduce', 'reopen']);
    expect(made.venue.position('BTC')?.quantity.toNumber()).toBe(1);
    expect(made.told('drift')).toEqual([]);
    expect(made.told('halted')).toEqual([]);
  });

  test('of a part is told as nobody’s doing, and growth by others later still is', async () => {
    const made = await locked();
    await approve(made);
    await ended(made, 130_000);
    expect(made.told('drift')).toEqual([]);
    made.venue.resize('BTC', 1.5);
    await made.clock.advance(70_000);
    expect(made.told('drift')).toMatchObject([{ change: 'resized' }]);
  });

  test('whose second order is shown nowhere is cleared up by what is held', async () => {
    const made = await locked();
    const evidence = made.venue.orderEvidence.bind(made.venue);
    made.venue.orderEvidence = async (intent) =>
      intent.action.kind === 'reopen_position' ? { state: 'not_found' } : evidence(intent);
    made.venue.fates.push('confirm', 'lose_reply');
    await approve(made);
    await ended(made);
    const last = recordsOf(made, 'outcome').at(-1)?.body;
    expect(last).toMatchObject({ outcome: { kind: 'confirmed' } });
    expect(kinds(made)).toEqual(['reduce', 'reopen']);
  });

  test('counts as no reduction in the statistics of the day', async () => {
    const made = await locked();
    await approve(made);
    await ended(made);
    expect(made.engine.door.dailyStatistics()).toMatchObject({ liquidations: 0, failedWrites: 0 });
    expect(made.engine.door.dailyStatistics().closedNotionalUsd.toNumber()).toBe(0);
  });

  test('keeps what its second order needs from rescues that come in between', async () => {
    const made = await locked();
    const reduce = made.venue.reducePosition.bind(made.venue);
    const list = made.venue.positions.bind(made.venue);
    made.venue.reducePosition = async (intent) => {
      const before = await list();
      const outcome = await reduce(intent);
      // The list shows the fill late: the second order has to wait while money is there.
      const shownAt = made.clock.now() + 1_200;
      made.venue.positions = async () => (made.clock.now() < shownAt ? before : list());
      made.feed.emit({ type: 'wallet', wallet: await made.venue.wallet() });
      const price = new Decimal(938);
      const symbol = parseSymbol('tETHF0:USTF0');
      made.feed.emit({ type: 'mark', mark: { symbol, price, at: made.clock.now() + 1 } });
      return outcome;
    };
    await approve(made);
    await ended(made);
    expect(made.told('emergency').length).toBeGreaterThan(0);
    expect(kinds(made)).toEqual(['reduce', 'reopen']);
    expect(made.venue.position('BTC')?.quantity.toNumber()).toBe(1);
  });

  test('runs by itself where approval is switched off', async () => {
    const made = await locked({ asks: false });
    await ended(made);
    expect(kinds(made)).toEqual(['reduce', 'reopen']);
  });

  test('is only described in dry run', async () => {
    const made = await locked({ dryRun: true });
    const [told] = made.told('plan_proposed');
    expect(told?.plan).toMatchObject({ state: 'rehearsed' });
    expect(rollIn(told?.plan)?.costUsd.gt(0)).toBe(true);
    await made.clock.advance(60_000);
    expect(made.venue.writes).toEqual([]);
  });

  test('rejected, nothing is closed and nothing opened', async () => {
    const made = await locked();
    await made.engine.door.decidePlan(planOf(made)?.planId ?? '', 'reject', ANN);
    await made.clock.advance(30_000);
    expect(orders(made)).toEqual([]);
  });
});

test('whatever fails, exposure never grows and nothing is sent twice', async () => {
  const fates = fc.constantFrom<Fate>('confirm', 'reject', 'lose_reply', 'lose_request');
  const share = fc.constantFrom(0.25, 0.5, 1);
  const cap = fc.constantFrom(25, 100);
  const story = fc.tuple(fates, fates, share, share, cap);
  await fc.assert(
    fc.asyncProperty(story, async ([first, second, filled, reopened, capPct]) => {
      const made = await locked({ asks: false, capPct }, { start: true });
      const { venue } = made;
      venue.fates.push(first, second);
      venue.fillShares.push(filled, reopened);
      await made.clock.advance(25_000);
      expect(venue.position('BTC')?.quantity.toNumber() ?? 0).toBeLessThanOrEqual(1);
      const sent = kinds(made).slice(0, 3);
      expect(sent.filter((kind) => kind === 'reopen').length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 40 },
  );
});
