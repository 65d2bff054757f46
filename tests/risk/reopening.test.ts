import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DurableIntent, ReducePosition, ReopenPosition } from '../../src/core/action.ts';
import { Decimal } from '../../src/core/decimal.ts';
import { parseSymbol } from '../../src/core/symbol.ts';
import {
  type ClosedLeg,
  type Consent,
  type Posture,
  ReopeningGate,
  type ReopeningScene,
} from '../../src/risk/index.ts';

const symbol = parseSymbol('tBTCF0:USTF0');
const open: Posture = {
  mode: 'active',
  dryRun: false,
  maintenance: false,
  fenced: new Set(),
  requireApproval: true,
  pausedSince: null,
};
const consent: Consent = { planId: 'p', at: 0 };

/** A first leg that was to close 1 of 4 at 100. */
function closed(filled: number | string = 1, id = '7'): ClosedLeg {
  const action: ReducePosition = {
    kind: 'reduce_position',
    symbol,
    positionId: '1',
    side: 'long',
    quantity: new Decimal(1),
    positionQuantity: new Decimal(4),
    leverage: 10,
    trigger: 'manual',
    rollId: 'p-0',
  };
  const intent = { id, cid: 7, createdAt: 0, action, receipt: { seq: 1 }, recalled: () => null };
  return {
    intent: intent as unknown as DurableIntent<ReducePosition>,
    filled: new Decimal(filled),
    averagePrice: new Decimal(100),
  };
}

function opening(change: Partial<ReopenPosition> = {}): ReopenPosition {
  return {
    kind: 'reopen_position',
    symbol,
    positionId: '1',
    side: 'long',
    quantity: new Decimal(1),
    positionQuantity: new Decimal(3),
    leverage: 10,
    trigger: 'manual',
    rollId: 'p-0',
    ...change,
  };
}

const scene: ReopeningScene = {
  heldQuantity: new Decimal(3),
  markPrice: new Decimal(100),
  elapsedMs: 900,
};

function verdictOf(
  action = opening(),
  leg = closed(),
  seen: Partial<ReopeningScene> = {},
  posture: Partial<Posture> = {},
  agreed: Consent | null = consent,
) {
  const gate = new ReopeningGate();
  return gate.review(action, leg, { ...scene, ...seen }, { ...open, ...posture }, agreed);
}

describe('the second leg of a roll', () => {
  test('passes when it opens again what was closed', () => {
    expect(verdictOf().kind).toBe('approved');
    expect(verdictOf(opening({ leverage: 3, quantity: new Decimal('0.4') })).kind).toBe('approved');
  });

  test('passes once: each first leg is followed by one order at most', () => {
    const gate = new ReopeningGate();
    const again = () => gate.review(opening(), closed(), scene, open, consent).kind;
    expect([again(), again(), again()]).toEqual(['approved', 'refused', 'refused']);
  });

  test('a refusal uses nothing up', () => {
    const gate = new ReopeningGate();
    const late = { ...scene, elapsedMs: 10_001 };
    expect(gate.review(opening(), closed(), late, open, consent).kind).toBe('refused');
    expect(gate.review(opening(), closed(), scene, open, consent).kind).toBe('approved');
  });

  test.each([
    ['a larger quantity than was closed', opening({ quantity: new Decimal('1.00000001') })],
    ['more leverage than the first leg had', opening({ leverage: 11 })],
  ])('%s is refused', (_, action) => {
    expect(verdictOf(action)).toMatchObject({ code: 'above_closed' });
  });

  test('after half a fill only that half may be opened', () => {
    const seen = { heldQuantity: new Decimal('3.5') };
    const half = opening({ positionQuantity: new Decimal('3.5') });
    expect(verdictOf(half, closed('0.5'), seen)).toMatchObject({ code: 'above_closed' });
    const fitting = { ...half, quantity: new Decimal('0.5') };
    expect(verdictOf(fitting, closed('0.5'), seen).kind).toBe('approved');
  });

  test.each([
    ['another roll', opening({ rollId: 'p-1' })],
    ['another symbol', opening({ symbol: parseSymbol('tETHF0:USTF0') })],
    ['the other side', opening({ side: 'short' })],
    ['another position', opening({ positionId: '2' })],
  ])('%s is refused', (_, action) => {
    expect(verdictOf(action)).toMatchObject({ code: 'not_of_roll' });
  });

  test('is refused when somebody else has changed the position', () => {
    for (const held of ['2.9', '4', '3.00000001', '-3']) {
      const heldQuantity = new Decimal(held);
      const action = opening({ positionQuantity: heldQuantity });
      expect(verdictOf(action, closed(), { heldQuantity })).toMatchObject({
        code: 'position_changed',
      });
    }
  });

  test('is refused after ten seconds, and on a clock that makes no sense', () => {
    expect(verdictOf(opening(), closed(), { elapsedMs: 10_000 }).kind).toBe('approved');
    for (const elapsedMs of [10_001, -1, Number.NaN]) {
      expect(verdictOf(opening(), closed(), { elapsedMs })).toMatchObject({ code: 'too_late' });
    }
  });

  test('is refused when the price has moved by more than half a percent, either way', () => {
    const at = (price: string) => verdictOf(opening(), closed(), { markPrice: new Decimal(price) });
    expect(at('100.5').kind).toBe('approved');
    expect(at('99.5').kind).toBe('approved');
    for (const price of ['100.51', '99.49', 'NaN']) {
      expect(at(price)).toMatchObject({ code: 'price_moved' });
    }
  });

  test.each<[string, Partial<Posture>, string]>([
    ['halted', { mode: 'halted' }, 'halted'],
    ['reducing', { mode: 'reducing' }, 'not_active'],
    ['paused', { pausedSince: 0 }, 'paused'],
    ['maintenance', { maintenance: true }, 'maintenance'],
    ['fenced', { fenced: new Set([symbol]) }, 'fenced'],
  ])('is refused while %s, whatever anybody consented to', (_, posture, code) => {
    const late: Consent = { planId: 'p', at: 1_000 };
    expect(verdictOf(opening(), closed(), {}, posture, late)).toMatchObject({ code });
  });

  test('needs the same consent as the first leg', () => {
    expect(verdictOf(opening(), closed(), {}, {}, null)).toMatchObject({
      code: 'approval_missing',
    });
    expect(verdictOf(opening(), closed(), {}, { requireApproval: false }, null).kind).toBe(
      'approved',
    );
  });

  test('in dry run is never approved', () => {
    expect(verdictOf(opening(), closed(), {}, { dryRun: true }).kind).toBe('rehearsed');
  });

  test('amounts that make no sense are refused', () => {
    const quantities = [0, -1, Number.NaN, Number.POSITIVE_INFINITY].map((quantity) =>
      opening({ quantity: new Decimal(quantity) }),
    );
    const leverages = [0, 2.5, 101, Number.NaN].map((leverage) => opening({ leverage }));
    for (const action of [...quantities, ...leverages]) {
      expect(verdictOf(action)).toMatchObject({ code: 'amount_invalid' });
    }
  });

  test('whatever is asked for, what passes leaves no more exposure than before', () => {
    const cents = fc.integer({ min: -50, max: 500 }).map((n) => new Decimal(n).div(100));
    fc.assert(
      fc.property(cents, cents, cents, cents, (quantity, filled, held, claimed) => {
        const action = opening({ quantity, positionQuantity: claimed });
        const verdict = verdictOf(action, closed(filled.toFixed()), { heldQuantity: held });
        if (verdict.kind !== 'approved') return;
        expect(held.plus(quantity).lte(4)).toBe(true);
        expect(quantity.lte(filled)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
    // The property is not empty.
    expect(verdictOf().kind).toBe('approved');
  });
});
