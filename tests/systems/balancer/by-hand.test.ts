import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decimal } from '../../../src/core/decimal.ts';
import {
  type HandPlan,
  type HandRequest,
  planByHand,
} from '../../../src/systems/balancer/by-hand.ts';
import { applyReductions } from '../../../src/systems/balancer/closing.ts';
import { type Book, equityUsd, notionalUsd } from '../../../src/systems/balancer/model.ts';
import { arbitraryBook, makeBook, makeSettings } from './make.ts';

const settings = makeSettings();
const book = makeBook(500, { mark: 100, collateral: 1_500 });
const [leg] = book.legs;
const symbol = leg?.symbol ?? ('tAAAF0:USTF0' as never);

function planOf(of: Book, request: HandRequest): HandPlan {
  const answer = planByHand(of, request, settings);
  if (answer.kind !== 'plan') throw new Error(`expected a plan, was ${answer.reason}`);
  return answer;
}

/** Free balance, collateral and result together: what the account is worth. */
function worthUsd(of: Book): number {
  return of.legs.reduce((sum, each) => sum + equityUsd(each), of.availableUsd);
}

describe('by hand', () => {
  test('a top-up is paid in whole cents and never above the free balance', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 1e7, noNaN: true }), (usd) => {
        const { adjustments, after } = planOf(book, {
          kind: 'topup',
          symbol,
          usd: new Decimal(usd),
        });
        const added = adjustments[0]?.toUsd.minus(adjustments[0].fromUsd) ?? new Decimal(0);
        expect(added.toNumber()).toBeLessThanOrEqual(Math.min(usd, 500));
        expect(added.decimalPlaces()).toBeLessThanOrEqual(2);
        expect(after.availableExact.plus(added).eq(book.availableExact)).toBe(true);
      }),
    );
  });

  test('a release stays above the minimum and rounds against the release', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 1e7, noNaN: true }), (usd) => {
        const answer = planByHand(
          book,
          { kind: 'release', symbol, usd: new Decimal(usd) },
          settings,
        );
        if (answer.kind === 'refused') return;
        const to = answer.adjustments[0]?.toUsd.toNumber() ?? 0;
        expect(to).toBeGreaterThanOrEqual(leg?.minUsd ?? 0);
        expect(1_500 - to).toBeLessThanOrEqual(usd);
      }),
    );
  });

  test('closing makes no money: the account is worth its costs less', () => {
    fc.assert(
      fc.property(arbitraryBook(), fc.integer({ min: 1, max: 100 }), (of, sharePct) => {
        const first = of.legs[0]?.symbol;
        if (!first) return;
        const answer = planByHand(of, { kind: 'reduce', symbol: first, sharePct }, settings);
        if (answer.kind === 'refused') return;
        const lost = worthUsd(of) - worthUsd(answer.after);
        expect(lost).toBeGreaterThanOrEqual(answer.costUsd.toNumber() - 0.02);
        expect(lost).toBeLessThanOrEqual(answer.costUsd.toNumber() + 0.02);
      }),
    );
  });

  test('deleveraging lands at the wanted leverage, costs included', () => {
    const of = makeBook(
      100,
      { mark: 100, collateral: 900 },
      { name: 'BBB', mark: 120, collateral: 700 },
    );
    const { after } = planOf(of, { kind: 'deleverage', leverage: 3 });
    const notional = after.legs.reduce((sum, each) => sum + notionalUsd(each), 0);
    expect(notional / worthUsd(after)).toBeCloseTo(3, 4);
  });

  test('a whole position that is closed is gone, and its collateral is free', () => {
    const { reductions } = planOf(book, { kind: 'reduce', symbol, sharePct: 100 });
    const after = applyReductions(book, reductions);
    expect(after.legs).toEqual([]);
    expect(after.availableUsd).toBeCloseTo(
      worthUsd(book) - 0.00165 * notionalUsd(book.legs[0] as never),
      1,
    );
  });

  test('what cannot be done is refused by name', () => {
    const refusal = (of: Book, request: HandRequest) => planByHand(of, request, settings);
    const usd = new Decimal(10);
    expect(refusal(makeBook(0, {}), { kind: 'topup', symbol, usd })).toMatchObject({
      reason: 'nothing_free',
    });
    expect(refusal(book, { kind: 'topup_to_rate', symbol, ratePct: 1 })).toMatchObject({
      reason: 'rate_reached',
    });
    expect(refusal(book, { kind: 'deleverage', leverage: 90 })).toMatchObject({
      reason: 'leverage_reached',
    });
  });
});
