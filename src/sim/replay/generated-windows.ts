/** Windows made by the seeded market model, so that a replay runs without any files. */
import { contractTable, GeneratedMarket, Prng, type Scenario } from '../market/index.ts';
import { emptyGrid, fillRanges, type PriceGrid, STEP_MS, STEPS_PER_MINUTE } from './price-grid.ts';

const PAIRS = 20;
const MINUTES = 480;
/** The model's own start; any will do. */
const START_AT = Date.UTC(2026, 0, 1);
export const GENERATED: readonly Scenario[] = ['crash', 'slide', 'squeeze', 'whipsaw'];

export function generatedGrid(scenario: Scenario, seed: number): PriceGrid {
  const contracts = contractTable(PAIRS).slice(0, PAIRS);
  const market = new GeneratedMarket({
    contracts,
    prng: new Prng(seed, `replay/${scenario}`),
    scenario,
    startAt: START_AT,
    stepMs: STEP_MS,
  });
  const bases = contracts.map(({ base }) => base);
  const grid = emptyGrid(scenario, bases, START_AT, MINUTES);
  grid.prices.set(market.prices, 0);
  for (let step = 1; step <= MINUTES * STEPS_PER_MINUTE; step += 1) {
    market.step();
    grid.prices.set(market.prices, step * bases.length);
  }
  fillRanges(grid);
  return grid;
}
