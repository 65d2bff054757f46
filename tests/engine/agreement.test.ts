/** Run carries out what a person saw, in a market that moves on while they read. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decimal } from '../../src/core/decimal.ts';
import { baseOf } from '../../src/core/symbol.ts';
import { agreementOf } from '../../src/engine/agreement.ts';
import type { Adjustment } from '../../src/systems/balancer/index.ts';
import { rig } from '../support/engine-rig.ts';
import { symbolOf } from '../support/memory-venue.ts';

const LIMITS = { min_adjustment_usdt: 50, min_deviation_pct: 5 };

function move(base: string, change: number, fromUsd = 1_000): Adjustment {
  return {
    ...{ symbol: symbolOf(base), positionId: base, fromUsd: new Decimal(fromUsd) },
    ...{ toUsd: new Decimal(fromUsd + change), rateBeforePct: 1, rateAfterPct: 2 },
    distanceBefore: 0.1,
  };
}

/** Bases whose moves differ too much; `*` for all together. */
function differing(shown: readonly Adjustment[], fresh: readonly Adjustment[]): string[] {
  const { differences } = agreementOf(shown, fresh, LIMITS);
  return differences.map(({ symbol }) => (symbol ? baseOf(symbol) : '*'));
}

describe('what a person agreed to', () => {
  test.each([
    ['a quarter more or less', [move('A', 450), move('B', -2_000)], []],
    ['more than a quarter', [move('A', 400), move('B', -2_600)], ['B', '*']],
    ['the other direction', [move('A', -60), move('B', -2_000)], ['A']],
    ['a large move gone', [move('B', -2_000)], ['A']],
    ['a large move more', [move('A', 400), move('B', -2_000), move('C', 120)], ['C']],
    ['a move at the threshold more', [move('A', 400), move('B', -2_000), move('C', 99)], []],
    ['all a little more', [move('A', 440), move('B', -2_250)], ['*']],
    ['all less', [move('A', 310), move('B', -1_500)], []],
  ])('%s', (_name, fresh, expected) => {
    expect(differing([move('A', 400), move('B', -2_000)], fresh)).toEqual(expected);
  });

  test('a small move may differ by the smallest adjustment', () => {
    expect(differing([move('A', 500), move('B', 60)], [move('A', 500), move('B', 105)])).toEqual(
      [],
    );
    expect(differing([move('A', 500), move('B', 60)], [move('A', 500), move('B', 115)])).toEqual([
      'B',
    ]);
  });

  test('the other direction is never meant, however small', () => {
    const rest = move('B', -2_000);
    expect(differing([move('A', 30), rest], [move('A', -10), rest])).toEqual(['A']);
  });

  test('a plan of which nothing is left differs in all it had', () => {
    expect(differing([move('A', 60), move('B', -60)], [])).toEqual(['A', 'B']);
  });

  test('the deviation counts as a threshold too', () => {
    const large = move('B', 900, 20_000);
    expect(differing([move('A', 500), large], [move('A', 500)])).toEqual([]);
  });

  test('is never exceeded: no other position, no other direction, a tenth more in all', () => {
    const bases = fc.uniqueArray(fc.constantFrom(...'ABCDEF'), { minLength: 2 });
    const change = fc.integer({ min: -999, max: 999 });
    const pair = fc.tuple(bases, fc.array(fc.tuple(change, fc.integer({ min: -60, max: 60 }))));
    let agreements = 0;
    fc.assert(
      fc.property(pair, ([all, changes]) => {
        const drawn = all.map((base, i) => [base, ...(changes[i] ?? [300, 5])] as const);
        // What nobody saw is in the second plan alone.
        const [hidden, ...seen] = drawn;
        const shown = seen.map(([base, usd]) => move(base, usd));
        const fresh = seen.map(([base, usd, off]) => move(base, usd + off));
        if (hidden) fresh.push(move(hidden[0], hidden[2]));
        const agreed = agreementOf(shown, fresh, LIMITS);
        if (agreed.differences.length > 0) return;
        agreements += 1;
        const sizes = (all: readonly Adjustment[]) =>
          all.map(({ toUsd, fromUsd }) => toUsd.minus(fromUsd).abs().toNumber());
        const total = (all: readonly Adjustment[]) => sizes(all).reduce((a, b) => a + b, 0);
        expect(total(agreed.moves)).toBeLessThanOrEqual(total(shown) * 1.1 + 1e-9);
        for (const { symbol, toUsd, fromUsd } of agreed.moves) {
          const before = shown.find((known) => known.symbol === symbol);
          expect(before).toBeDefined();
          const product = toUsd.minus(fromUsd).times(before?.toUsd.minus(before.fromUsd) ?? -1);
          expect(product.toNumber()).toBeGreaterThanOrEqual(0);
        }
      }),
    );
    expect(agreements).toBeGreaterThan(10);
  });
});

describe('Run', () => {
  const holdings = [
    { base: 'BTC', quantity: 1, entry: 10_000, collateral: 2_000 },
    { base: 'ETH', quantity: 10, entry: 1_000, collateral: 1_000 },
  ];
  const ANN = { id: '7', name: 'Ann' };

  async function previewed() {
    const made = await rig({ holdings, available: 0 });
    made.venue.writes.length = 0;
    await made.mark('BTC', 9_700);
    const answer = made.engine.door.previewRebalance();
    if (answer.kind !== 'preview') throw new Error(`a preview, not ${answer.kind}`);
    return { made, preview: answer.preview };
  }

  test('is taken at its word while the market moves a little', async () => {
    const { made, preview } = await previewed();
    await made.mark('ETH', 1_002);
    const answer = await made.engine.door.runRebalance(preview.id, ANN);
    expect(answer.kind).toBe('ran');
    expect(made.venue.writes.length).toBeGreaterThan(0);
  });

  test('does nothing when it would be something else, and says what', async () => {
    const { made, preview } = await previewed();
    await made.mark('ETH', 980);
    const answer = await made.engine.door.runRebalance(preview.id, ANN);
    expect(answer).toMatchObject({ kind: 'changed' });
    expect(answer.kind === 'changed' && answer.differences.length).toBeGreaterThan(0);
    expect(made.venue.writes).toEqual([]);
  });
});
