import { expect, test } from 'vitest';
import { loadCatalogue } from '../../../src/bot/i18n/words.ts';
import { planView } from '../../../src/bot/views/plan.ts';
import { ZERO } from '../../../src/core/decimal.ts';
import type { LiquidationPlanReport, ReductionReport } from '../../../src/core/notice.ts';
import { confirmed, rejected } from '../../../src/core/outcome.ts';
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

test('a sliver of a position is not nothing', () => {
  const [like] = cuts(undefined);
  if (!like) throw new RangeError('expected a reduction');
  const sharesOf = (sharePct: number) => shown({ reductions: [{ ...like, sharePct }] });
  expect(sharesOf(0.4)).toContain(' <1% ');
  expect(sharesOf(0.5)).toContain(' 1% ');
});
