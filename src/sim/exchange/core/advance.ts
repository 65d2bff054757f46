/** Time: marks, resting orders, liquidations and funding, in this order, step by step. */
import { settleFunding } from './funding.ts';
import { liquidateDue } from './liquidation.ts';
import { fillResting } from './resting.ts';
import type { World } from './world.ts';

/**
 * Simulates up to `now` (market time, ms) in whole steps of the market, so that the same steps
 * happen however often this is called.
 */
export function advance(world: World, now: number): void {
  const { market } = world;
  while (market.at + market.stepMs <= now) {
    market.step();
    world.now = market.at;
    step(world);
  }
  if (now > world.now) world.now = now;
}

function step(world: World): void {
  const { market, marks, shocks } = world;
  shocks.step();
  const { prices } = market;
  if (shocks.isTouched) {
    const { factors } = shocks;
    for (let i = 0; i < marks.length; i += 1) {
      marks[i] = Number(((prices[i] ?? 0) * (factors[i] ?? 1)).toPrecision(8));
    }
  } else {
    marks.set(prices);
  }
  world.candles?.record(world.wireTime(market.at), marks, market.volumes);
  if (world.activeOrders.size > 0) fillResting(world);
  liquidateDue(world);
  if (market.at >= world.nextFundingAt) {
    settleFunding(world);
    world.nextFundingAt += world.rules.fundingIntervalMs;
  }
}

/**
 * Pushes prices by a fraction, spread over a span of market time.
 * @param contract index, or all of them
 */
export function shock(
  world: World,
  contract: number | 'all',
  fraction: number,
  durationMs: number,
): boolean {
  return world.shocks.add(contract, fraction, durationMs / world.market.stepMs);
}
