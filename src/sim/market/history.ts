/** Candles of the weeks before the start, from the same model, ending at the starting prices. */
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import { CandleBook } from './candle-book.ts';
import type { Contract } from './contracts.ts';
import { GeneratedMarket } from './generated-market.ts';
import { priceScale } from './market.ts';
import type { Prng } from './prng.ts';

const HISTORY_DAYS = 32;
/** Minute candles reach back this far. */
const FINE_MS = 24 * HOUR_MS;
const COARSE_STEP_MS = 10 * MINUTE_MS;
const FINE_STEP_MS = 15 * SECOND_MS;

export function candleHistory(
  contracts: readonly Contract[],
  prng: Prng,
  startAt: number,
): CandleBook {
  const book = new CandleBook(contracts.length);
  const firstAt = Math.floor(startAt / DAY_MS) * DAY_MS - HISTORY_DAYS * DAY_MS;
  const fineFrom = Math.floor((startAt - FINE_MS) / MINUTE_MS) * MINUTE_MS;
  const common = { contracts, prng, scenario: 'calm' as const };
  const coarse = new GeneratedMarket({ ...common, startAt: firstAt, stepMs: COARSE_STEP_MS });
  while (coarse.at + COARSE_STEP_MS < fineFrom) {
    book.recordCoarse(coarse.at, coarse.prices, coarse.volumes);
    coarse.step();
  }
  const fine = new GeneratedMarket({ ...common, startAt: fineFrom, stepMs: FINE_STEP_MS });
  fine.prices.set(coarse.prices);
  while (fine.at < startAt) {
    book.record(fine.at, fine.prices, fine.volumes);
    fine.step();
  }
  book.record(startAt, fine.prices, fine.volumes);
  endAt(book, contracts, fine.prices);
  return book;
}

/** Rescales each contract so that its history ends exactly where the market starts. */
function endAt(book: CandleBook, contracts: readonly Contract[], reached: Float64Array): void {
  contracts.forEach(({ startPrice }, i) => {
    const factor = startPrice / (reached[i] ?? startPrice);
    const scale = priceScale(startPrice);
    const round = (price: number): number => Math.round(price * scale) / scale;
    for (const series of [book.minutes, book.hours, book.days]) series.scale(i, factor, round);
  });
}
