/** Markets for simulations: generated from a seed or replayed from candle files. */
export { CandleBook } from './candle-book.ts';
export {
  CandleFileError,
  candleWindows,
  type RecordedCandles,
  readCandleWindow,
  readNamedWindow,
} from './candle-files.ts';
export { type Contract, contractOf, contractTable, USD_FUTURES } from './contracts.ts';
export { GeneratedMarket } from './generated-market.ts';
export { candleHistory } from './history.ts';
export type { Market } from './market.ts';
export { Prng } from './prng.ts';
export { RecordedMarket } from './recorded-market.ts';
export { longShare, SCENARIOS, type Scenario } from './scenario.ts';
export { Shocks } from './shocks.ts';
