/** Limit orders that wait in the book: filled at their price as soon as the mark reaches it. */
import { executeOrder } from './orders.ts';
import { markOf, type World } from './world.ts';

export function fillResting(world: World): void {
  for (const order of [...world.activeOrders.values()]) {
    const mark = markOf(world, order.index);
    const price = order.price ?? mark;
    const isReached = order.amount > 0 ? mark <= price : mark >= price;
    if (isReached) executeOrder(world, order, price, true);
  }
}
