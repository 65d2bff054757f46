/** The market of a run: from the seed, or from a folder of candles with history before it. */
import {
  type CandleBook,
  candleHistory,
  contractTable,
  GeneratedMarket,
  type Market,
  Prng,
  RecordedMarket,
  readCandleWindow,
  type Scenario,
} from '../market/index.ts';

export interface MarketChoice {
  readonly seed: number;
  readonly scenario: Scenario;
  readonly pace?: number;
  readonly speed: number;
  readonly positions: number;
  readonly candlesDir?: string;
}

const STEP_MS_MAX = 1_000;
const STEP_MS_MIN = 100;
/** Steps per real second at low speed, so that prices move visibly. */
const STEPS_PER_SECOND = 10;

/** @throws CandleFileError when the folder cannot be used */
export async function makeMarket(
  choice: MarketChoice,
  startAt: number,
): Promise<{ readonly market: Market; readonly candles: CandleBook }> {
  const random = new Prng(choice.seed, 'market');
  const wanted = (1_000 / STEPS_PER_SECOND) * choice.speed;
  const stepMs = Math.round(Math.min(STEP_MS_MAX, Math.max(STEP_MS_MIN, wanted)));
  const market =
    choice.candlesDir === undefined
      ? new GeneratedMarket({
          contracts: contractTable(choice.positions),
          prng: random.stream('path'),
          scenario: choice.scenario,
          ...(choice.pace === undefined ? {} : { pace: choice.pace }),
          startAt,
          stepMs,
        })
      : new RecordedMarket(await readCandleWindow(choice.candlesDir), startAt, stepMs);
  const candles = candleHistory(market.contracts, random.stream('history'), startAt);
  return { market, candles };
}
