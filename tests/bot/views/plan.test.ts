import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../src/bot/i18n/words.ts';
import { planView } from '../../../src/bot/views/plan.ts';
import { ZERO } from '../../../src/core/decimal.ts';
import type {
  LiquidationPlanReport,
  ReductionReport,
  RollReport,
} from '../../../src/core/notice.ts';
import { confirmed, denied, rejected, unknown } from '../../../src/core/outcome.ts';
import { parseHtml } from '../../../src/sim/telegram/core/entities/html.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { FakeDoor, symbolOf, usd } from '../fake-door.ts';

const at = Date.UTC(2026, 0, 5);
const t = loadCatalogue()('en');

function shown(change: Partial<LiquidationPlanReport>): string {
  const plan = new FakeDoor(new ManualClock(at), () => 0.5).addPlan(change);
  return parseHtml(planView({ plan, mayDecide: true }, at, t).pages.join('\n')).text;
}

function cuts(...outcomes: ReductionReport['outcome'][]): ReductionReport[] {
  const [like] = new FakeDoor(new ManualClock(at), () => 0.5).addPlan().reductions;
  if (!like) throw new RangeError('expected a reduction');
  return outcomes.map((outcome, index) => {
    const cut = { ...like, symbol: symbolOf(`COIN${index}`) };
    return outcome ? { ...cut, outcome } : cut;
  });
}

test('a plan of which cuts failed never calls itself carried out', () => {
  const failed = rejected('no_funds', 'no funds');
  const partly = shown({
    ...{ state: 'done', reductions: cuts(confirmed(), failed, confirmed()) },
    remainingUsd: usd(90),
  });
  expect(partly).toMatch(/^⚠️ Liquidation plan partly carried out: 2 of 3/);
  expect(partly).toContain('90.00 USD is still missing');
  expect(partly).not.toMatch(/✅|would still|· done/);
  const none = shown({ state: 'done', reductions: cuts(failed, failed) });
  expect(none).toMatch(/^⚠️ Liquidation plan failed: none of 2 carried out/);
  const all = shown({ state: 'done', reductions: cuts(confirmed(), confirmed()) });
  expect(all).toMatch(/^✅ Liquidation plan carried out/);
  expect(all).toContain('Covers the whole shortfall');
});

test.each(['superseded', 'rejected', 'expired'] as const)(
  'a plan that was %s covers nothing and says nothing of what it would leave',
  (state) => {
    expect(shown({ state, remainingUsd: ZERO })).not.toContain('Covers');
    expect(shown({ state, remainingUsd: usd(5) })).not.toContain('missing');
  },
);

test('a plan that dry run kept from being sent says so, and what is really missing', () => {
  const rehearsed = { kind: 'rehearsed' } as const;
  const none = shown({
    ...{ state: 'done', reductions: cuts(rehearsed, rehearsed) },
    ...{ shortfallUsd: usd(2567), remainingUsd: usd('0.02') },
  });
  expect(none).toMatch(/^🧪 Dry run: nothing of the liquidation plan was sent/);
  expect(none).toContain('2,567 USD is still missing');
  expect(none).not.toContain('failed');
  const half = shown({
    ...{ state: 'done', reductions: cuts(confirmed(), rehearsed) },
    ...{ shortfallUsd: usd(2567), remainingUsd: ZERO },
  });
  expect(half).toMatch(/^⚠️ Liquidation plan partly carried out: 1 of 2/);
  expect(half).toContain('Dry run is on: what is marked · was not sent');
  expect(half).toContain('1,267 USD is still missing');
});

test('a plan that waits says what approving means while something holds the service back', () => {
  const lines = (hold: { paused?: boolean; dryRun?: boolean }, state: 'pending' | 'done') => {
    const plan = new FakeDoor(new ManualClock(at), () => 0.5).addPlan({ state });
    return parseHtml(planView({ plan, mayDecide: true, ...hold }, at, t).pages.join('\n')).text;
  };
  expect(lines({ paused: true }, 'pending')).toContain('Paused: approving lets just this through');
  expect(lines({ dryRun: true, paused: true }, 'pending')).toContain(
    'approving this sends nothing',
  );
  expect(lines({ dryRun: true, paused: true }, 'pending')).not.toContain('Paused');
  expect(lines({}, 'pending')).not.toMatch(/Paused|Dry run/);
  expect(lines({ dryRun: true, paused: true }, 'done')).not.toMatch(/Paused|approving/);
});

test('a sliver of a position is not nothing', () => {
  const [like] = cuts(undefined);
  if (!like) throw new RangeError('expected a reduction');
  const sharesOf = (sharePct: number) => shown({ reductions: [{ ...like, sharePct }] });
  expect(sharesOf(0.4)).toContain(' <1% ');
  expect(sharesOf(0.5)).toContain(' 1% ');
});

describe('a plan with rolls', () => {
  const [like] = cuts(undefined);
  if (!like) throw new RangeError('expected a reduction');
  const rollOf = (change: Partial<RollReport> = {}): RollReport => ({
    rollId: 'plan1-0',
    costUsd: usd('9.9'),
    marginUsd: usd(200),
    ...change,
  });
  const planned = { ...like, roll: rollOf() };
  const closed = {
    ...planned,
    outcome: confirmed('filled'),
    filledQuantity: usd(1000),
    averagePrice: usd('0.1'),
  };
  const ended = (roll: Partial<RollReport>, more: Partial<ReductionReport> = {}) =>
    shown({
      state: 'done',
      purpose: 'harvest',
      reductions: [{ ...closed, roll: rollOf(roll), ...more }],
    });

  test('says what a roll is, what both orders cost and what happens when it fails', () => {
    const other = { ...planned, symbol: symbolOf('WIF'), roll: rollOf({ costUsd: usd('1.1') }) };
    const text = shown({ purpose: 'harvest', reductions: [planned, other] });
    expect(text).toContain('roll 2 positions');
    expect(text).toContain('Roll COIN0, WIF');
    expect(text).toMatch(/both orders: about 11(\.00)? USD/);
    expect(text).toContain('stays closed: a reduction');
  });

  test('that opened everything again is carried out and speaks of no reduction', () => {
    const text = ended({
      outcome: confirmed('filled'),
      reopenedQuantity: usd(1000),
      averagePrice: usd('0.1001'),
    });
    expect(text).toMatch(/^✅ Liquidation plan carried out/);
    expect(text).toContain('COIN0: opened again 1,000 of 1,000');
    expect(text).not.toMatch(/became a reduction|Roll COIN0/);
  });

  test.each<[string, Partial<RollReport>, RegExp]>([
    ['refused', { outcome: rejected('x', 'no funds') }, /became a reduction, .*“no funds”/],
    ['too late', { outcome: denied('too_late') }, /became a reduction, .*too late/],
    ['unknown', { outcome: unknown('timed out') }, /not known yet .*counts as a reduction/],
    ['rehearsed', { outcome: { kind: 'rehearsed' } }, /became a reduction, dry run/],
    [
      'partly',
      { outcome: confirmed(), reopenedQuantity: usd(400), averagePrice: usd('0.1') },
      /600 could not be opened again and became a reduction/,
    ],
  ])('whose second order was %s says that it became a reduction', (_, roll, pattern) => {
    const text = ended(roll);
    expect(text).toMatch(pattern);
    expect(text).toMatch(/^⚠️ Rolled 0 of 1, the rest became reductions/);
    expect(text).not.toContain('✅');
  });

  test('whose first order failed says only that', () => {
    const text = ended({}, { outcome: rejected('x', 'no funds'), filledQuantity: usd(0) });
    expect(text).toMatch(/^⚠️ Liquidation plan failed/);
    expect(text).not.toContain('became a reduction');
  });
});

test('an approved plan that waits for the cool-down says when it runs', () => {
  const by = { id: '7', name: 'Ann' };
  const change = { state: 'approved', decidedBy: by, decidedAt: at } as const;
  const text = shown({ ...change, runsAt: at + 24_000 });
  expect(text).toContain('Approved by Ann · 00:00:00 UTC. Runs at 00:00:24 UTC');
  expect(shown(change)).not.toContain('Runs at');
});
