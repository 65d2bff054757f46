/** Liquidation plans: proposed, decided once, re-checked, run in rounds. */
import { describe, expect, test } from 'vitest';
import { Decimal, sumOf, ZERO } from '../../src/core/decimal.ts';
import { type Rig, type RigOptions, rig } from '../support/engine-rig.ts';
import { settle } from '../support/manual-clock.ts';

const ANN = { id: '7', name: 'Ann' };
const BOB = { id: '8', name: 'Bob' };
/** Two longs with about 6 % of margin: a fall of 4 % makes the whole account short. */
const tight = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 600 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 600 },
];

async function short(options: Partial<RigOptions> = {}): Promise<Rig> {
  const made = await rig({ holdings: tight, available: 0, ...options });
  made.venue.writes.length = 0;
  await made.mark('BTC', 9_520);
  await made.mark('ETH', 952);
  await made.clock.advance(1_100);
  await made.mark('ETH', 950);
  return made;
}

const cutsIn = (made: Rig) => made.venue.writes.filter(({ kind }) => kind === 'reduce');
const planOf = (made: Rig) => made.engine.door.plans()[0];

describe('a liquidation plan', () => {
  test('is proposed when the account is short; nothing is reduced without consent', async () => {
    const made = await short();
    expect(made.told('plan_proposed')).toHaveLength(1);
    expect(made.told('plan_proposed')[0]?.plan).toMatchObject({ state: 'pending' });
    await made.clock.advance(30_000);
    expect(cutsIn(made)).toEqual([]);
  });

  test('FR-7: the lowest priority is reduced first', async () => {
    const made = await short({
      settings: (s) => ({
        ...s,
        position_priority: { default: 50, 'tBTCF0:USTF0': 10 },
        liquidation: { ...s.liquidation, require_confirmation: false },
      }),
    });
    expect(cutsIn(made)[0]?.symbol).toBe('tBTCF0:USTF0');
  });

  test('FR-8: at most max_single_close_pct of a position is closed at once', async () => {
    const made = await short();
    await made.engine.door.decidePlan(planOf(made)?.planId ?? '', 'approve', ANN);
    await settle();
    const cuts = cutsIn(made);
    expect(cuts.length).toBeGreaterThan(0);
    for (const { symbol, amount } of cuts) {
      const held = symbol === 'tBTCF0:USTF0' ? 1 : 10;
      expect(Number(amount)).toBeLessThanOrEqual(held * 0.25);
    }
  });

  test('FR-9: rounds of reductions are at least cooldown_seconds apart', async () => {
    const made = await short({
      settings: (s) => ({
        ...s,
        liquidation: { ...s.liquidation, require_confirmation: false, cooldown_seconds: 45 },
      }),
    });
    const first = cutsIn(made).length;
    expect(first).toBeGreaterThan(0);
    for (let price = 9_500; price > 9_400; price -= 10) {
      await made.mark('BTC', price);
      await made.clock.advance(2_000);
    }
    expect(cutsIn(made)).toHaveLength(first);
    await made.clock.advance(46_000);
    await made.mark('BTC', 9_300);
    await made.mark('ETH', 930);
    await made.clock.advance(1_500);
    await made.mark('ETH', 929);
    expect(cutsIn(made).length).toBeGreaterThan(first);
  });

  test('FR-9: the cool-down survives a restart', async () => {
    const auto: RigOptions['settings'] = (s) => ({
      ...s,
      liquidation: { ...s.liquidation, require_confirmation: false, cooldown_seconds: 600 },
    });
    const made = await short({ settings: auto });
    const first = cutsIn(made).length;
    const again = await rig({ holdings: tight, available: 0, settings: auto, after: made });
    await again.mark('BTC', 9_300);
    await again.clock.advance(5_000);
    expect(cutsIn(again)).toHaveLength(first);
  });

  test('runs once, whoever taps how often; the others are told who it was', async () => {
    const made = await short();
    const planId = planOf(made)?.planId ?? '';
    const answers = await Promise.all([
      made.engine.door.decidePlan(planId, 'approve', ANN),
      made.engine.door.decidePlan(planId, 'approve', BOB),
      made.engine.door.decidePlan(planId, 'reject', BOB),
    ]);
    await settle();
    expect(answers.map(({ kind }) => kind)).toEqual(['accepted', 'already', 'already']);
    expect(answers[1]).toMatchObject({ plan: { decidedBy: ANN } });
    const symbols = cutsIn(made).map(({ symbol }) => symbol);
    expect(new Set(symbols).size).toBe(symbols.length);
    const stored = made.history.records.filter(({ kind }) => kind === 'liquidations');
    expect(stored).toHaveLength(1);
    expect(stored[0]?.body).toMatchObject({ trigger: 'manual' });
  });

  test('rejected stays rejected, and is not proposed again at once', async () => {
    const made = await short();
    const planId = planOf(made)?.planId ?? '';
    await made.engine.door.decidePlan(planId, 'reject', ANN);
    await made.clock.advance(60_000);
    expect(cutsIn(made)).toEqual([]);
    expect(made.told('plan_proposed')).toHaveLength(1);
    const late = await made.engine.door.decidePlan(planId, 'approve', BOB);
    expect(late).toMatchObject({ kind: 'already', plan: { state: 'rejected', decidedBy: ANN } });
  });

  test('expires', async () => {
    const made = await short();
    const planId = planOf(made)?.planId ?? '';
    await made.clock.advance(5 * 60_000 + 1_000);
    const late = await made.engine.door.decidePlan(planId, 'approve', ANN);
    expect(late).toMatchObject({ kind: 'already', plan: { state: 'expired' } });
  });

  test('is withdrawn when the account is no longer short', async () => {
    const made = await short();
    await made.mark('BTC', 10_500);
    await made.clock.advance(1_100);
    await made.mark('ETH', 1_050);
    expect(made.engine.door.plans()).toHaveLength(1);
    await made.clock.advance(31_000);
    await made.mark('ETH', 1_051);
    await made.clock.advance(0);
    expect(made.engine.door.plans()).toEqual([]);
    expect(made.told('plan_changed').at(-1)?.plan.state).toBe('superseded');
  });

  test('FR-10: in dry run the plan is shown as rehearsed and nothing is closed', async () => {
    const made = await short({
      settings: (s) => ({ ...s, liquidation: { ...s.liquidation, dry_run: true } }),
    });
    expect(made.told('plan_proposed')[0]?.plan.state).toBe('rehearsed');
    expect(made.venue.writes).toEqual([]);
  });

  test('never closes more than was shown, even when the account is shorter by then', async () => {
    const made = await short();
    const shown = planOf(made);
    await made.mark('BTC', 9_500);
    await made.engine.door.decidePlan(shown?.planId ?? '', 'approve', ANN);
    await settle();
    for (const { symbol, amount } of cutsIn(made)) {
      const cut = shown?.reductions.find((reduction) => reduction.symbol === symbol);
      expect(Number(amount)).toBeLessThanOrEqual(cut?.quantity.toNumber() ?? 0);
    }
  });

  test('is no surprise afterwards: what we closed is not told as others’ doing', async () => {
    const made = await short();
    await made.engine.door.decidePlan(planOf(made)?.planId ?? '', 'approve', ANN);
    await made.clock.advance(130_000);
    expect(cutsIn(made).length).toBeGreaterThan(0);
    expect(made.told('drift')).toEqual([]);
  });

  test('carries the numbers of its beginning; what failed counts as still missing', async () => {
    const made = await short();
    const shown = planOf(made);
    made.venue.fates.push('reject');
    await made.engine.door.decidePlan(shown?.planId ?? '', 'approve', ANN);
    await made.clock.advance(10_000);
    const done = made.told('plan_changed').at(-1)?.plan;
    expect(done?.state).toBe('done');
    const relieved = sumOf(
      (done?.reductions ?? [])
        .filter(({ outcome }) => outcome?.kind === 'confirmed')
        .map(({ relievesUsd }) => relievesUsd),
    );
    const left = (done?.shortfallUsd ?? ZERO).minus(relieved);
    expect(done?.remainingUsd.toFixed()).toBe(Decimal.max(0, left).toFixed());
    expect(done?.remainingUsd.gt(0)).toBe(true);
  });

  test('FR-9: may be decided during the cool-down and then waits for its end', async () => {
    const made = await short({
      settings: (s) => ({ ...s, liquidation: { ...s.liquidation, cooldown_seconds: 120 } }),
    });
    await made.engine.door.decidePlan(planOf(made)?.planId ?? '', 'approve', ANN);
    await settle();
    const first = cutsIn(made).length;
    await made.mark('BTC', 9_300);
    await made.mark('ETH', 930);
    await made.clock.advance(1_500);
    await made.mark('ETH', 929);
    const next = planOf(made);
    expect(next?.state).toBe('pending');
    const answer = await made.engine.door.decidePlan(next?.planId ?? '', 'approve', BOB);
    const runsAt = answer.kind === 'accepted' ? (answer.plan.runsAt ?? 0) : 0;
    expect(runsAt - made.clock.now()).toBeGreaterThan(100_000);
    expect(runsAt - made.clock.now()).toBeLessThanOrEqual(120_000);
    await made.clock.advance(60_000);
    expect(cutsIn(made)).toHaveLength(first);
    await made.clock.advance(70_000);
    expect(cutsIn(made).length).toBeGreaterThan(first);
  });

  test('closes the shown share of a position that others made smaller, no more', async () => {
    const made = await short();
    const shown = planOf(made);
    made.venue.resize('ETH', 2.6);
    await made.engine.door.decidePlan(shown?.planId ?? '', 'approve', ANN);
    await settle();
    const [eth] = cutsIn(made).filter(({ symbol }) => symbol === 'tETHF0:USTF0');
    expect(Number(eth?.amount)).toBeLessThanOrEqual(2.6 * 0.25);
  });

  test('does not touch another position that was opened in the same symbol', async () => {
    const made = await short();
    const shown = planOf(made);
    const eth = { base: 'ETH', quantity: 10, entry: 1_000, collateral: 600 };
    made.venue.hold(eth, '99');
    await made.engine.door.decidePlan(shown?.planId ?? '', 'approve', ANN);
    await settle();
    expect(cutsIn(made).filter(({ symbol }) => symbol === 'tETHF0:USTF0')).toEqual([]);
  });

  test('cannot be approved on old prices: it goes on waiting', async () => {
    const made = await short();
    const planId = planOf(made)?.planId ?? '';
    made.venue.readFailure = 'connection refused';
    await made.clock.advance(200_000);
    const answer = await made.engine.door.decidePlan(planId, 'approve', ANN);
    expect(answer).toMatchObject({ kind: 'unavailable' });
    expect(cutsIn(made)).toEqual([]);
    expect(planOf(made)).toMatchObject({ planId, state: 'pending' });
  });

  test('no second plan appears while a decision is being written down', async () => {
    const made = await short();
    const planId = planOf(made)?.planId ?? '';
    let written = () => {};
    made.journal.held = new Promise<void>((resolve) => {
      written = resolve;
    });
    const answer = made.engine.door.decidePlan(planId, 'approve', ANN);
    await made.clock.advance(1_100);
    await made.mark('ETH', 945);
    expect(made.told('plan_proposed')).toHaveLength(1);
    made.journal.held = null;
    written();
    expect(await answer).toMatchObject({ kind: 'accepted' });
  });
});

describe('locked profit', () => {
  /** A winner whose profit nobody else can use, and a loser that runs dry. */
  const uneven = [
    { base: 'BTC', quantity: 1, entry: 10_000, collateral: 700 },
    { base: 'ETH', quantity: 10, entry: 1_000, collateral: 700 },
  ];
  const harvesting: RigOptions['settings'] = (s) => ({
    ...s,
    harvest: { ...s.harvest, mode: 'reduce', below_distance_pct: 20 },
    liquidation: { ...s.liquidation, safety_margin_multiplier: 1 },
  });

  async function locked(settings: RigOptions['settings']): Promise<Rig> {
    const made = await rig({ holdings: uneven, available: 0, ...(settings ? { settings } : {}) });
    await made.mark('BTC', 12_000);
    await made.clock.advance(1_100);
    await made.mark('ETH', 990);
    return made;
  }

  test('is set free by a plan of its own, with the same approval', async () => {
    const made = await locked(harvesting);
    const plan = planOf(made);
    expect(plan).toMatchObject({ state: 'pending', purpose: 'harvest' });
    expect(plan?.reductions.map(({ symbol }) => symbol)).toEqual(['tBTCF0:USTF0']);
    await made.engine.door.decidePlan(plan?.planId ?? '', 'approve', ANN);
    await settle();
    expect(cutsIn(made)).toEqual([{ kind: 'reduce', symbol: 'tBTCF0:USTF0', amount: '0.25' }]);
  });

  test('is left alone unless the settings say otherwise', async () => {
    const made = await locked((s) => ({
      ...s,
      liquidation: { ...s.liquidation, safety_margin_multiplier: 1 },
    }));
    expect(made.engine.door.plans()).toEqual([]);
  });
});
