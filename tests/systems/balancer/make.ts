/** Small builders and generators for balancer tests. */
import fc from 'fast-check';
import { Decimal } from '../../../src/core/decimal.ts';
import { parseSymbol } from '../../../src/core/symbol.ts';
import type { Book, Leg } from '../../../src/systems/balancer/model.ts';
import {
  type BalancerSettings,
  balancerSettingsSchema,
} from '../../../src/systems/balancer/settings.ts';

export interface LegSpec {
  readonly name?: string;
  readonly side?: 'long' | 'short';
  readonly quantity?: number;
  readonly entry?: number;
  readonly mark?: number;
  readonly collateral?: number;
  readonly min?: number;
  readonly max?: number;
  readonly maintenanceRate?: number;
  readonly liquidationPrice?: number | null;
  readonly weight?: number;
  readonly priority?: number;
  readonly minQuantity?: number;
}

export const symbolOf = (name: string) => parseSymbol(`t${name}F0:USTF0`);

/** By default: long 100 units at 100, collateral 1,000, maintenance 1 %, minimum 200. */
export function makeLeg(spec: LegSpec = {}): Leg {
  const name = spec.name ?? 'AAA';
  const quantity = spec.quantity ?? 100;
  const entry = spec.entry ?? 100;
  const collateral = spec.collateral ?? 1_000;
  const maintenanceRate = spec.maintenanceRate ?? 0.01;
  return {
    symbol: symbolOf(name),
    positionId: `id-${name}`,
    direction: spec.side === 'short' ? -1 : 1,
    quantity,
    quantityExact: new Decimal(quantity),
    entryPrice: entry,
    markPrice: spec.mark ?? entry,
    collateralUsd: collateral,
    collateralExact: new Decimal(collateral),
    minUsd: spec.min ?? Math.round(2 * maintenanceRate * quantity * entry * 1e8) / 1e8,
    maxUsd: spec.max ?? Number.POSITIVE_INFINITY,
    maintenanceRate,
    liquidationPrice: spec.liquidationPrice ?? null,
    weight: spec.weight ?? 1,
    weightSource: 'configured',
    priority: spec.priority ?? 50,
    minQuantity: spec.minQuantity ?? 0.01,
  };
}

export function makeBook(available: number, ...specs: readonly LegSpec[]): Book {
  return bookOf(available, specs.map(makeLeg));
}

export function bookOf(available: number, legs: readonly Leg[]): Book {
  return { legs, availableUsd: available, availableExact: new Decimal(available) };
}

type Deep<T> = { readonly [Key in keyof T]?: T[Key] extends object ? Deep<T[Key]> : T[Key] };

export function makeSettings(changes: Deep<BalancerSettings> = {}): BalancerSettings {
  return balancerSettingsSchema.parse(changes);
}

/** No thresholds: every cent counts. */
export const EVERY_CENT = { min_adjustment_usdt: 0, min_deviation_pct: 0 };

/** `AA`, `AB` …: names in an order that is not the order of creation. */
export function nameOf(index: number): string {
  const letter = (value: number) => String.fromCharCode(65 + (value % 26));
  return letter(25 - (index % 26)) + letter(Math.floor(index / 26)) + letter(index);
}

const cents = (min: number, max: number) =>
  fc.integer({ min: Math.ceil(min * 100), max: Math.floor(max * 100) }).map((c) => c / 100);

/**
 * A position of 1,000 to 100,000 USD at 3 to 30 times leverage. The market moved for or against it
 * by up to `moveMax` times what its collateral stands for: from about 0.8 on it may be liquidated.
 */
function arbitrarySpec(moveMax: number): fc.Arbitrary<LegSpec> {
  const part = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  return fc
    .record({
      side: fc.constantFrom('long' as const, 'short' as const),
      entry: fc.constantFrom(0.05, 1.25, 40, 999, 30_000),
      notional: fc.integer({ min: 1_000, max: 100_000 }),
      move: part(-moveMax, moveMax),
      leverage: part(3, 30),
      maintenanceRate: fc.constantFrom(0.0025, 0.005, 0.01),
      weight: part(0.3, 5),
      priority: fc.integer({ min: 0, max: 3 }),
      hasMax: fc.boolean(),
    })
    .map(({ notional, move, leverage, hasMax, ...raw }) => {
      const quantity = Math.floor((notional / raw.entry) * 1e6) / 1e6;
      const collateral = Math.round((notional / leverage) * 100) / 100;
      const mark = raw.entry * (1 + move / leverage);
      const spec = { ...raw, mark, quantity, collateral };
      return hasMax ? { ...spec, max: Math.round(notional * 60) / 100 } : spec;
    });
}

export function arbitraryBook(moveMax = 1.1, legsMax = 12): fc.Arbitrary<Book> {
  return fc
    .record({
      specs: fc.array(arbitrarySpec(moveMax), { minLength: 1, maxLength: legsMax }),
      available: cents(0, 20_000),
    })
    .map(({ specs, available }) =>
      makeBook(available, ...specs.map((spec, index) => ({ ...spec, name: nameOf(index) }))),
    );
}

/** Nobody is past its liquidation price. */
export const arbitraryLivingBook = () => arbitraryBook(0.65);

export const arbitraryMode = fc.constantFrom('risk_weight' as const, 'equal_distance' as const);
