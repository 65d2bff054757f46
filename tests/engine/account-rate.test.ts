import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decimal } from '../../src/core/decimal.ts';
import type { Position } from '../../src/core/position.ts';
import { type PerpSymbol, parseSymbol } from '../../src/core/symbol.ts';
import { Ledger } from '../../src/engine/ledger.ts';
import { accountRateNowPct, accountRatePct, accountSums } from '../../src/engine/views.ts';
import { balancerSettingsSchema } from '../../src/systems/balancer/index.ts';

const SYMBOLS = ['BTC', 'ETH', 'SOL', 'XRP'].map((base) => parseSymbol(`t${base}F0:USTF0`));

interface Held {
  readonly isLong: boolean;
  readonly quantity: number;
  readonly entry: number;
  readonly collateral: number;
  readonly move: number;
  readonly hasMark: boolean;
}

const held = fc.record<Held>({
  isLong: fc.boolean(),
  quantity: fc.integer({ min: 1, max: 1_000 }),
  entry: fc.integer({ min: 1, max: 50_000 }),
  collateral: fc.integer({ min: 1, max: 10_000 }),
  move: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
  hasMark: fc.boolean(),
});

function positionOf(symbol: PerpSymbol, { isLong, quantity, entry, collateral }: Held): Position {
  return {
    id: symbol,
    symbol,
    side: isLong ? 'long' : 'short',
    quantity: new Decimal(quantity),
    entryPrice: new Decimal(entry),
    collateralUsd: new Decimal(collateral),
    collateralMinUsd: null,
    liquidationPrice: null,
    leverage: null,
  };
}

test('the running account rate is the exact one, with marks and without', () => {
  const several = fc.array(held, { minLength: 1, maxLength: SYMBOLS.length });
  fc.assert(
    fc.property(several, fc.integer({ min: 0, max: 5_000 }), (all, reserved) => {
      const ledger = new Ledger(balancerSettingsSchema.parse({}));
      const rule = {
        initialRate: new Decimal('0.01'),
        maintenanceRate: new Decimal('0.005'),
        minQuantity: new Decimal('0.0001'),
        maxQuantity: new Decimal(1e6),
      };
      ledger.setRules(new Map(SYMBOLS.map((symbol) => [symbol, { symbol, ...rule }])));
      const symbolOf = (i: number): PerpSymbol => SYMBOLS[i] as PerpSymbol;
      const positions = all.map((one, i) => positionOf(symbolOf(i), one));
      ledger.replacePositions(positions, 0, new Set());
      ledger.replaceWallet({
        currency: 'USTF0',
        balanceUsd: new Decimal(9_000),
        availableUsd: new Decimal(9_000),
      });
      ledger.beginWrite(new Decimal(reserved));
      for (const [i, { entry, move, hasMark }] of all.entries()) {
        const price = new Decimal((entry * (1 + move)).toFixed(6));
        const mark = { symbol: symbolOf(i), price, at: 1 };
        if (hasMark) ledger.applyMark(mark, { elapsedMs: 1, wallAt: 1 });
      }
      const exact = accountRatePct(accountSums(ledger)) ?? Number.NaN;
      expect(accountRateNowPct(ledger)).toBeCloseTo(exact, 6);
    }),
  );
});
