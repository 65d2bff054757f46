/** Rolls that do not come to their second order: then it was a reduction, and says so. */
import { describe, expect, test } from 'vitest';
import { type Rig, rig } from '../support/engine-rig.ts';
import {
  ANN,
  approve,
  BTC,
  type Change,
  ended,
  kinds,
  locked,
  orders,
  planOf,
  recordsOf,
  rollIn,
  rolling,
  uneven,
} from '../support/roll-rig.ts';

describe('a roll that fails half way is a reduction', () => {
  async function failing(prepare: (made: Rig) => void, change: Change = {}) {
    const made = await locked(change);
    prepare(made);
    await approve(made);
    const plan = await ended(made);
    return { made, plan, roll: rollIn(plan) };
  }

  test('when the second order is refused', async () => {
    const { made, plan, roll } = await failing(({ venue }) => {
      venue.fates.push('confirm', 'reject');
    });
    expect(kinds(made)).toEqual(['reduce', 'reopen']);
    expect(plan.reductions[0]).toMatchObject({ outcome: { kind: 'confirmed' } });
    expect(roll).toMatchObject({ outcome: { kind: 'rejected' } });
    expect(made.venue.position('BTC')?.quantity.toNumber()).toBe(0.75);
    await made.clock.advance(20_000);
    expect(kinds(made)).toEqual(['reduce', 'reopen']);
  });

  test('when the second order is filled in part: the rest is not tried again', async () => {
    const { made, roll } = await failing(({ venue }) => venue.fillShares.push(1, 0.5));
    expect(roll?.reopenedQuantity?.toNumber()).toBe(0.125);
    expect(made.venue.position('BTC')?.quantity.toNumber()).toBe(0.875);
    expect(kinds(made)).toEqual(['reduce', 'reopen']);
  });

  test('when the first order is filled in part, no more than that is opened again', async () => {
    const { made } = await failing(({ venue }) => venue.fillShares.push(0.5, 1));
    expect(orders(made).at(-1)).toMatchObject({ kind: 'reopen', amount: '0.125' });
    expect(made.venue.position('BTC')?.quantity.toNumber()).toBe(1);
  });

  test('when the outcome of the second is unknown: cleared up, never sent again', async () => {
    const { made, roll } = await failing(({ venue }) => {
      venue.fates.push('confirm', 'lose_reply');
    });
    expect(roll).toMatchObject({ outcome: { kind: 'unknown' } });
    expect(made.told('outcome_unknown').map(({ resolved }) => resolved)).toEqual([false, true]);
    expect(kinds(made)).toEqual(['reduce', 'reopen']);
    expect(made.venue.position('BTC')?.quantity.toNumber()).toBe(1);
  });

  test('when the price has run away in between', async () => {
    const { made, roll } = await failing(({ venue }) => {
      const reduce = venue.reducePosition.bind(venue);
      venue.reducePosition = async (intent) => {
        const outcome = await reduce(intent);
        const evidence = venue.orderEvidence.bind(venue);
        const seen = await evidence(intent);
        venue.orderEvidence = async () => seen;
        const moved = venue.prices.get(intent.action.symbol)?.times(1.006);
        if (moved) venue.prices.set(intent.action.symbol, moved);
        return outcome;
      };
    });
    expect(kinds(made)).toEqual(['reduce']);
    expect(roll).toMatchObject({ outcome: { kind: 'denied', reason: 'price_moved' } });
  });

  test('when somebody else has changed the position in between', async () => {
    const { made, roll } = await failing(({ venue }) => {
      const reduce = venue.reducePosition.bind(venue);
      venue.reducePosition = async (intent) => {
        const outcome = await reduce(intent);
        venue.resize('BTC', 0.8);
        return outcome;
      };
    });
    expect(kinds(made)).toEqual(['reduce']);
    expect(roll).toMatchObject({ outcome: { reason: 'position_changed' } });
  });

  test('when the balance does not arrive', async () => {
    const { made, roll } = await failing(({ venue }) => {
      venue.settles = false;
    });
    expect(kinds(made)).toEqual(['reduce']);
    expect(roll).toMatchObject({ outcome: { reason: 'balance_short' } });
  });

  test('when everything is paused in between', async () => {
    const { made, roll } = await failing((rigged) => {
      const reduce = rigged.venue.reducePosition.bind(rigged.venue);
      rigged.venue.reducePosition = async (intent) => {
        const outcome = await reduce(intent);
        await rigged.engine.door.pause(null, ANN);
        return outcome;
      };
    });
    expect(kinds(made)).toEqual(['reduce']);
    expect(roll).toMatchObject({ outcome: { reason: 'not_active' } });
  });

  test('and is counted as one', async () => {
    const { made } = await failing(({ venue }) => venue.fates.push('confirm', 'reject'));
    expect(made.engine.door.dailyStatistics()).toMatchObject({ liquidations: 1, failedWrites: 1 });
  });
});

describe('a first order of unknown outcome', () => {
  test('that proves to be filled in time is followed by the second', async () => {
    const made = await locked();
    made.venue.fates.push('lose_reply');
    await approve(made);
    const plan = await ended(made);
    expect(kinds(made)).toEqual(['reduce', 'reopen']);
    expect(rollIn(plan)).toMatchObject({ outcome: { kind: 'confirmed' } });
    expect(made.venue.position('BTC')?.quantity.toNumber()).toBe(1);
  });

  test('that is proved too late stays a reduction', async () => {
    const made = await locked();
    made.venue.fates.push('lose_reply');
    const evidence = made.venue.orderEvidence.bind(made.venue);
    const shownAt = made.clock.now() + 20_000;
    made.venue.orderEvidence = async (intent) =>
      made.clock.now() < shownAt ? { state: 'open' } : evidence(intent);
    await approve(made);
    const plan = await ended(made, 60_000);
    expect(kinds(made)).toEqual(['reduce']);
    expect(plan.reductions[0]).toMatchObject({ outcome: { kind: 'unknown' } });
    expect(rollIn(plan)?.reopenedQuantity).toBeUndefined();
    expect(made.told('outcome_unknown').at(-1)).toMatchObject({ resolved: true });
  });

  test('that never arrived opens nothing', async () => {
    const made = await locked();
    made.venue.fates.push('lose_request');
    await approve(made);
    await ended(made, 60_000);
    expect(kinds(made)).toEqual(['reduce']);
    expect(made.venue.position('BTC')?.quantity.toNumber()).toBe(1);
  });
});

describe('a service that ends between the two orders', () => {
  test('opens nothing at its next start, and says so once', async () => {
    const made = await locked();
    made.venue.orderEvidence = () => new Promise(() => undefined);
    await approve(made);
    expect(kinds(made)).toEqual(['reduce']);
    const settings = rolling();
    const again = await rig({ holdings: uneven, available: 0, settings, after: made });
    expect(again.told('roll_interrupted')).toMatchObject([{ symbol: BTC }]);
    await again.clock.advance(60_000);
    expect(kinds(again)).toEqual(['reduce']);
    const third = await rig({ holdings: uneven, available: 0, settings, after: again });
    expect(third.told('roll_interrupted')).toEqual([]);
  });
});

describe('a roll that cannot be paid or may not open', () => {
  test('is a reduction from the start when the money is gone at approval', async () => {
    const made = await locked();
    // The mark that decided the plan is unchanged; the entry is worse than it was.
    const held = made.venue.position('BTC');
    if (!held) throw new RangeError('expected a position');
    made.venue.hold({ base: 'BTC', quantity: 1, entry: 11_990, collateral: 700 }, held.id);
    made.venue.prices.set(held.symbol, held.entryPrice.times(1.2));
    await approve(made);
    const plan = await ended(made);
    expect(kinds(made)).toEqual(['reduce']);
    expect(rollIn(plan)).toMatchObject({ outcome: { reason: 'balance_short' } });
    // Known before the first order was sent.
    expect(recordsOf(made, 'roll_started')).toEqual([]);
  });

  test('is planned as a reduction while paused', async () => {
    const made = await rig({ holdings: uneven, available: 0, settings: rolling() });
    await made.engine.door.pause(null, ANN);
    await made.mark('BTC', 12_000);
    await made.clock.advance(1_100);
    await made.mark('ETH', 990);
    expect(planOf(made)).toMatchObject({ purpose: 'harvest' });
    expect(rollIn(planOf(made))).toBeUndefined();
  });

  test('agreed to as a roll does not become a reduction that nobody was shown', async () => {
    const made = await locked();
    await made.engine.door.changeSetting('harvest.mode', 'reduce', ANN);
    await approve(made);
    await made.clock.advance(20_000);
    expect(orders(made)).toEqual([]);
  });

  test('approved as a reduction opens nothing although the settings now say roll', async () => {
    const made = await locked({ mode: 'reduce' });
    await made.engine.door.changeSetting('harvest.mode', 'roll', ANN);
    await approve(made);
    await made.clock.advance(20_000);
    expect(kinds(made)).toEqual(['reduce']);
  });
});
