/** Funding every eight hours of market time: longs pay shorts where the rate is positive. */
import { pay, positionChanged } from './positions.ts';
import { move, toUnits } from './units.ts';
import { drawFundingRate, markOf, type World } from './world.ts';

/**
 * Settles into the free balance. A payer without enough of it pays the rest from the position's own
 * collateral.
 */
export function settleFunding(world: World): void {
  const { counterparty, free } = world.ledger;
  for (const position of world.positions.values()) {
    const rate = world.fundingRates[position.index] ?? 0;
    const units = toUnits(-position.amount * markOf(world, position.index) * rate);
    const before = position.collateral.units;
    if (units >= 0) move(counterparty, free, units);
    else pay(world, counterparty, -units, position);
    if (position.collateral.units !== before) {
      positionChanged(world, position, 'update', 'FUNDING');
    }
  }
  for (let i = 0; i < world.fundingRates.length; i += 1) {
    world.fundingRates[i] = drawFundingRate(world.random);
  }
  if (world.positions.size > 0) world.emit({ type: 'wallet' });
}
