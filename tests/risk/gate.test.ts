import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReducePosition, SetCollateral } from '../../src/core/action.ts';
import { Decimal } from '../../src/core/decimal.ts';
import { parseSymbol } from '../../src/core/symbol.ts';
import { type Posture, review } from '../../src/risk/index.ts';

const symbol = parseSymbol('tBTCF0:USTF0');
const open: Posture = {
  mode: 'active',
  dryRun: false,
  maintenance: false,
  fenced: new Set(),
  requireApproval: true,
};

function move(fromUsd: number, toUsd: number): SetCollateral {
  return {
    kind: 'set_collateral',
    symbol,
    positionId: '1',
    fromUsd: new Decimal(fromUsd),
    toUsd: new Decimal(toUsd),
    trigger: 'scheduled',
  };
}

function cut(quantity: number, of: number): ReducePosition {
  return {
    kind: 'reduce_position',
    symbol,
    positionId: '1',
    side: 'long',
    quantity: new Decimal(quantity),
    positionQuantity: new Decimal(of),
    leverage: 10,
    trigger: 'emergency',
  };
}

describe('the gate', () => {
  test('approves what nothing speaks against', () => {
    expect(review(move(100, 200), open).kind).toBe('approved');
    expect(review(cut(1, 4), open, { planId: 'p' }).kind).toBe('approved');
  });

  test('FR-10: dry run never yields an approved action, whatever the posture', () => {
    const modes = fc.constantFrom('active', 'reducing', 'halted') as fc.Arbitrary<Posture['mode']>;
    const amount = fc.double({ min: 0.01, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(modes, fc.boolean(), fc.boolean(), amount, amount, (mode, m, a, from, to) => {
        const posture = { ...open, mode, maintenance: m, requireApproval: a, dryRun: true };
        expect(review(move(from, to), posture).kind).not.toBe('approved');
        expect(review(cut(from, from + to), posture, { planId: 'p' }).kind).not.toBe('approved');
      }),
    );
  });

  test('halted, in maintenance or fenced, nothing passes', () => {
    const refusals: Partial<Posture>[] = [
      { mode: 'halted' },
      { maintenance: true },
      { fenced: new Set([symbol]) },
    ];
    for (const change of refusals) {
      expect(review(move(100, 200), { ...open, ...change }).kind).toBe('refused');
      expect(review(cut(1, 2), { ...open, ...change }, { planId: 'p' }).kind).toBe('refused');
    }
  });

  test('reducing lets risk fall only: more collateral and smaller positions', () => {
    const posture: Posture = { ...open, mode: 'reducing' };
    expect(review(move(100, 200), posture).kind).toBe('approved');
    expect(review(cut(1, 2), posture, { planId: 'p' }).kind).toBe('approved');
    expect(review(move(200, 100), posture)).toMatchObject({ code: 'reducing_only' });
  });

  test('a reduction needs consent where approval is required', () => {
    expect(review(cut(1, 2), open)).toMatchObject({ code: 'approval_missing' });
    expect(review(cut(1, 2), { ...open, requireApproval: false }).kind).toBe('approved');
  });

  test('refuses amounts that make no sense', () => {
    const odd = [move(100, 0), move(100, -5), move(100, 100), move(100, Number.NaN)];
    for (const action of odd) {
      expect(review(action, open)).toMatchObject({ code: 'amount_invalid' });
    }
    const cuts = [cut(0, 2), cut(-1, 2), cut(3, 2), { ...cut(1, 2), leverage: 0 }];
    for (const action of [...cuts, { ...cut(1, 2), leverage: 2.5 }]) {
      expect(review(action, open, { planId: 'p' })).toMatchObject({ code: 'amount_invalid' });
    }
  });
});
