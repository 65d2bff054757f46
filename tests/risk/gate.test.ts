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
  pausedSince: null,
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

describe('a pause', () => {
  const paused = { ...open, pausedSince: 1_000, requireApproval: false };
  const after = { planId: 'p', at: 1_000 };

  test('refuses every write that nobody asked for since', () => {
    const before = { planId: 'p', at: 999 };
    for (const action of [move(100, 200), move(200, 100), cut(1, 4)]) {
      expect(review(action, paused)).toMatchObject({ kind: 'refused', code: 'paused' });
      expect(review(action, paused, before)).toMatchObject({ kind: 'refused', code: 'paused' });
    }
  });

  test('lets through what lowers risk when a person confirms it during the pause', () => {
    expect(review(move(100, 200), paused, after).kind).toBe('approved');
    expect(review(cut(1, 4), paused, after).kind).toBe('approved');
    expect(review(move(200, 100), paused, after)).toMatchObject({ code: 'paused' });
  });
});

describe('the gate', () => {
  test('approves what nothing speaks against', () => {
    expect(review(move(100, 200), open).kind).toBe('approved');
    expect(review(cut(1, 4), open, { planId: 'p', at: 0 }).kind).toBe('approved');
  });

  test('FR-10: dry run never yields an approved action, whatever the posture', () => {
    const modes = fc.constantFrom('active', 'reducing', 'halted') as fc.Arbitrary<Posture['mode']>;
    const amount = fc.double({ min: 0.01, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(modes, fc.boolean(), fc.boolean(), amount, amount, (mode, m, a, from, to) => {
        const posture = { ...open, mode, maintenance: m, requireApproval: a, dryRun: true };
        expect(review(move(from, to), posture).kind).not.toBe('approved');
        expect(review(cut(from, from + to), posture, { planId: 'p', at: 0 }).kind).not.toBe(
          'approved',
        );
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
      expect(review(cut(1, 2), { ...open, ...change }, { planId: 'p', at: 0 }).kind).toBe(
        'refused',
      );
    }
  });

  test('reducing lets risk fall only: more collateral and smaller positions', () => {
    const posture: Posture = { ...open, mode: 'reducing' };
    const rescue = (fromUsd: number, toUsd: number): SetCollateral => ({
      ...move(fromUsd, toUsd),
      trigger: 'emergency',
    });
    expect(review(rescue(100, 200), posture).kind).toBe('approved');
    expect(review(cut(1, 2), posture, { planId: 'p', at: 0 }).kind).toBe('approved');
    expect(review(rescue(200, 100), posture)).toMatchObject({ code: 'reducing_only' });
  });

  test('reducing lets no routine through, whatever it does to risk', () => {
    const posture: Posture = { ...open, mode: 'reducing' };
    expect(review(move(100, 200), posture)).toMatchObject({ code: 'reducing_only' });
    expect(review({ ...move(100, 200), trigger: 'manual' }, posture).kind).toBe('approved');
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
      expect(review(action, open, { planId: 'p', at: 0 })).toMatchObject({
        code: 'amount_invalid',
      });
    }
  });
});
