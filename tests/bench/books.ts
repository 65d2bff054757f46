import { Decimal } from '../../src/core/decimal.ts';
import { parseSymbol } from '../../src/core/symbol.ts';
import type { Book, Leg } from '../../src/systems/balancer/index.ts';

/** A small seeded generator (mulberry32), so that every run measures the same books. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A book of positions of different sizes, sides and leverage; a tenth of the equity is free. */
export function bookOf(size: number, random: () => number): Book {
  const legs = Array.from({ length: size }, (_, i): Leg => {
    const entryPrice = 10 ** (random() * 4);
    const quantity = (1_000 + random() * 50_000) / entryPrice;
    const direction = random() < 0.6 ? 1 : -1;
    const collateralUsd = Math.round((quantity * entryPrice * 100) / (3 + random() * 9)) / 100;
    return {
      symbol: parseSymbol(`tX${i}F0:USTF0`),
      positionId: String(i),
      direction,
      quantity,
      quantityExact: new Decimal(quantity),
      entryPrice,
      markPrice: entryPrice * (1 + (random() - 0.5) * 0.08),
      collateralUsd,
      collateralExact: new Decimal(collateralUsd),
      minUsd: quantity * entryPrice * 0.01,
      maxUsd: Number.POSITIVE_INFINITY,
      maintenanceRate: 0.005,
      liquidationPrice: null,
      weight: 0.5 + random() * 2,
      weightSource: 'measured',
      priority: Math.floor(random() * 100),
      minQuantity: 1e-8,
    };
  });
  const collateral = legs.reduce((sum, leg) => sum + leg.collateralUsd, 0);
  const availableExact = new Decimal(collateral / 9).toDecimalPlaces(2);
  return { legs, availableExact, availableUsd: availableExact.toNumber() };
}
