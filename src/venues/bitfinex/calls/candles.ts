/** `GET v2/candles/trade:1D:{symbol}/hist`: daily candles. Days without a trade are missing. */
import { z } from 'zod';
import type { Candle } from '../../../core/position.ts';
import type { PerpSymbol } from '../../../core/symbol.ts';
import { DAY_MS } from '../../../core/time.ts';
import type { PublicRead } from '../call.ts';
import { ignored, integerOnWire, notNegativeOnWire, positiveOnWire } from '../numbers.ts';
import { readAs } from '../wire-json.ts';

const candleRow = z.tuple(
  [
    integerOnWire, // 0 MTS
    positiveOnWire, // 1 OPEN
    positiveOnWire, // 2 CLOSE, before high and low
    positiveOnWire, // 3 HIGH
    positiveOnWire, // 4 LOW
    notNegativeOnWire, // 5 VOLUME
  ],
  ignored,
);
const candleRows = z.array(candleRow);

/** The latest `days` candles that were closed at `now`, oldest first. */
export function dailyCandlesCall(
  symbol: PerpSymbol,
  days: number,
  now: number,
): PublicRead<Candle[]> {
  return {
    name: 'candles',
    // One more than asked for: the newest is the day still open.
    path: `v2/candles/trade:1D:${symbol}/hist?limit=${days + 1}&sort=-1`,
    bucket: 'candles',
    read: (answer) =>
      readAs(candleRows, answer, `candles of ${symbol}`)
        .map(([at, open, close, high, low, volume]) => ({ at, open, high, low, close, volume }))
        .filter(({ at }) => at + DAY_MS <= now)
        .sort((a, b) => a.at - b.at)
        .slice(-days),
  };
}
