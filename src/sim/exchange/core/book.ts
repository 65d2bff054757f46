/** Putting a whole book of positions in place, as the demo and `/sim/positions` do. */
import { openPosition, positionChanged } from './positions.ts';
import { move, toUnits } from './units.ts';
import type { World } from './world.ts';

export interface BookEntry {
  readonly index: number;
  /** Base units, positive for a long. */
  readonly amount: number;
  readonly entryPrice: number;
  readonly collateralUsd: number;
}

/**
 * Replaces all positions and the free balance. Money comes from outside and goes back there, so
 * that the sum stays what it was.
 */
export function replaceBook(world: World, entries: readonly BookEntry[], freeUsd: number): void {
  const { free, outside } = world.ledger;
  for (const position of world.positions.values()) {
    move(position.collateral, outside, position.collateral.units);
  }
  world.positions.clear();
  move(free, outside, free.units);
  move(outside, free, toUnits(freeUsd));
  for (const entry of entries) {
    const position = openPosition(world, entry.index, entry.amount, entry.entryPrice);
    move(outside, position.collateral, toUnits(entry.collateralUsd));
    positionChanged(world, position, 'new', 'BOOK');
  }
  world.emit({ type: 'book' });
  world.emit({ type: 'wallet' });
}
