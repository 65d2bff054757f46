/** Rolls: a winner is closed in part and opened again, or it was a reduction and says so. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decimal } from '../../src/core/decimal.ts';
import type { LiquidationPlanReport } from '../../src/core/notice.ts';
import { parseSymbol } from '../../src/core/symbol.ts';
import { type Rig, type RigOptions, rig } from '../support/engine-rig.ts';
import { settle } from '../support/manual-clock.ts';
import type { Fate } from '../support/memory-venue.ts';

const ANN = { id: '7', name: 'Ann' };
const BTC = 'tBTCF0:USTF0';
/** A winner whose profit nobody else can use, and a loser that runs dry. */
const uneven = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 700 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 700 },
];

type Change = Partial<{ asks: boolean; dryRun: boolean; capPct: number; mode: 'roll' | 'reduce' }>;

function rolling(change: Change = {}): NonNullable<RigOptions['settings']> {
  return (s) => ({
    ...s,
    harvest: { ...s.harvest, mode: change.mode ?? 'roll', below_distance_pct: 20 },
    liquidation: {
      ...s.liquidation,
      safety_margin_multiplier: 1,
      require_confirmation: change.asks ?? true,
      dry_run: change.dryRun ?? false,
      max_single_close_pct: change.capPct ?? 25,
    },
  });
}

async function locked(change: Change = {}, options: Partial<RigOptions> = {}): Promise<Rig> {
  const made = await rig({
    holdings: uneven,
    available: 0,
    settings: rolling(change),
    ...options,
  });
  made.venue.settles = true;
  made.venue.writes.length = 0;
  await made.mark('BTC', 12_000);
  await made.clock.advance(1_100);
  await made.mark('ETH', 990);
  return made;
}

const planOf = (made: Rig) => made.engine.door.plans()[0];
const orders = (made: Rig) => made.venue.writes.filter(({ kind }) => kind !== 'set');
const kinds = (made: Rig) => orders(made).map(({ kind }) => kind);

async function approve(made: Rig): Promise<void> {
  await made.engine.door.decidePlan(planOf(made)?.planId ?? '', 'approve', ANN);
  await settle();
}

async function ended(made: Rig, withinMs = 30_000): Promise<LiquidationPlanReport> {
  await made.clock.advance(withinMs);
  const plan = made.told('plan_changed').at(-1)?.plan;
  if (plan?.state !== 'done') throw new RangeError(`expected a plan that is done: ${plan?.state}`);
  return plan;
}

const rollIn = (plan: LiquidationPlanReport | undefined) => plan?.reductions[0]?.roll;
const recordsOf = (made: Rig, type: string) =>
  made.journal.records.filter((record) => record.type === type);

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
