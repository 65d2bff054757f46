import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountFrom, moneyCents, RULES } from './fixtures.ts';

const LONG = { base: 'BTC', amount: 2, entry: 100, collateralUsd: 20 };
const SHORT = { base: 'ETH', amount: -2, entry: 100, collateralUsd: 20 };

describe('liquidation by hand', () => {
  // Maintenance 0.5 % of 200 is 1; a long may lose 19, which is 9.5 a unit.
  test('a long of 2 at 100 with 20 of collateral ends at 90.5', () => {
    const account = accountFrom([LONG], 0);
    expect(account.liquidationPrice(0)).toBeCloseTo(90.5, 10);
    expect(account.roomUsd(0, 90.5)).toBeCloseTo(0, 10);
    expect(account.roomUsd(0, 90.6)).toBeGreaterThan(0);
  });

  test('a short of 2 at 100 with 20 of collateral ends at 109.5', () => {
    const account = accountFrom([SHORT], 0);
    expect(account.liquidationPrice(0)).toBeCloseTo(109.5, 10);
    expect(account.roomUsd(0, 109.5)).toBeCloseTo(0, 10);
  });

  test('SOL is closed at five times the maintenance of the others', () => {
    const account = accountFrom([{ ...LONG, base: 'SOL' }], 0);
    expect(account.liquidationPrice(0)).toBeCloseTo(92.5, 10);
  });

  test('a liquidation takes the position and its collateral, nothing else', () => {
    const account = accountFrom([LONG, SHORT], 5);
    account.liquidate(0);
    expect(account.amounts[0]).toBe(0);
    expect(moneyCents(account)).toBe(2_500);
    expect(account.lostCents).toBe(2_000);
    expect(account.liquidatedUsd).toBe(200);
  });
});

describe('the least collateral', () => {
  test('a loss raises it, a profit lowers it unless the rule is pessimistic', () => {
    const usual = accountFrom([LONG], 0);
    const strict = accountFrom([LONG], 0, { ...RULES, pessimistic: true });
    expect(usual.floorUsd(0, 95)).toBeCloseTo(12, 10);
    expect(usual.floorUsd(0, 100.5)).toBeCloseTo(1, 10);
    expect(usual.floorUsd(0, 110)).toBe(0);
    expect(strict.floorUsd(0, 95)).toBeCloseTo(12, 10);
    expect(strict.floorUsd(0, 110)).toBeCloseTo(2, 10);
  });
});

describe('rolls and reductions', () => {
  test('a roll keeps the exposure and costs exactly fee and slippage of both orders', () => {
    const account = accountFrom([LONG], 0);
    const before = moneyCents(account) + account.pnlUsd(0, 120) * 100;
    account.close(0, 2, 120);
    account.reopen(0, 1, 2, 120, 3_000);
    // 0.165 % of 240 is 0.396, rounded up to 40 cents, twice.
    expect(account.costCents).toBe(80);
    expect(account.amounts[0]).toBe(2);
    expect(account.entries[0]).toBe(120);
    expect(account.collateral[0]).toBe(3_000);
    expect(before - moneyCents(account) - account.pnlUsd(0, 120) * 100).toBeCloseTo(80, 6);
  });

  test('closing a part releases its part of the collateral and the result', () => {
    const account = accountFrom([LONG], 0);
    account.close(0, 0.5, 110);
    expect(account.collateral[0]).toBe(1_500);
    // 5.00 of collateral and 5.00 of profit, less 0.165 % of 55.
    expect(account.freeCents).toBe(1_000 - 10);
    expect(account.amounts[0]).toBe(1.5);
  });

  test('money is conserved whatever happens: what is gone is loss, cost or forced closing', () => {
    const act = fc.record({
      kind: fc.constantFrom('close', 'roll', 'liquidate', 'move'),
      i: fc.integer({ min: 0, max: 1 }),
      share: fc.double({ min: 0.05, max: 1, noNaN: true }),
      price: fc.double({ min: 80, max: 125, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const account = accountFrom([LONG, SHORT], 30);
        const start = moneyCents(account);
        for (const { kind, i, share, price } of acts) {
          const amount = account.amounts[i] ?? 0;
          if (amount === 0) continue;
          const quantity = Math.abs(amount) * share;
          if (kind === 'liquidate') account.liquidate(i);
          else if (kind !== 'move') account.close(i, quantity, price);
          if (kind === 'roll' && account.freeCents >= 500) {
            account.reopen(i, Math.sign(amount), quantity, price, 500);
          }
          const spent = account.costCents + account.lostCents - account.realizedCents;
          expect(moneyCents(account)).toBe(start - spent);
          expect(account.freeCents).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
