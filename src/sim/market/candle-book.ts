/** Candles of every time frame the venue offers, made from minutes, hours and days. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import { type Bar, BarSeries } from './bar-series.ts';

const MINUTES_KEPT = 1_500;
const HOURS_KEPT = 24 * 31;
const DAYS_KEPT = 70;

/** Thursday 1970-01-01 shifts weeks: the venue's begin on Mondays. */
const WEEK_OFFSET_MS = 4 * DAY_MS;

interface Frame {
  readonly from: 'minutes' | 'hours' | 'days';
  readonly lengthMs: number;
  readonly offsetMs: number;
}

const frame = (from: Frame['from'], lengthMs: number, offsetMs = 0): Frame => ({
  from,
  lengthMs,
  offsetMs,
});

const FRAMES: Readonly<Record<string, Frame>> = {
  '1m': frame('minutes', MINUTE_MS),
  '5m': frame('minutes', 5 * MINUTE_MS),
  '15m': frame('minutes', 15 * MINUTE_MS),
  '30m': frame('minutes', 30 * MINUTE_MS),
  '1h': frame('hours', HOUR_MS),
  '3h': frame('hours', 3 * HOUR_MS),
  '4h': frame('hours', 4 * HOUR_MS),
  '6h': frame('hours', 6 * HOUR_MS),
  '12h': frame('hours', 12 * HOUR_MS),
  '1D': frame('days', DAY_MS),
  '1W': frame('days', 7 * DAY_MS, WEEK_OFFSET_MS),
  '7D': frame('days', 7 * DAY_MS, WEEK_OFFSET_MS),
  '14D': frame('days', 14 * DAY_MS, WEEK_OFFSET_MS),
  '1M': frame('days', 30 * DAY_MS),
};

export class CandleBook {
  readonly minutes: BarSeries;
  readonly hours: BarSeries;
  readonly days: BarSeries;

  constructor(contracts: number) {
    this.minutes = new BarSeries(MINUTE_MS, contracts, MINUTES_KEPT);
    this.hours = new BarSeries(HOUR_MS, contracts, HOURS_KEPT);
    this.days = new BarSeries(DAY_MS, contracts, DAYS_KEPT);
  }

  /** The same candles, which go their own way from here. */
  copy(): CandleBook {
    const book = new CandleBook(this.minutes.contracts);
    book.minutes.takeOver(this.minutes);
    book.hours.takeOver(this.hours);
    book.days.takeOver(this.days);
    return book;
  }

  record(at: number, prices: Float64Array, volumes: Float64Array): void {
    this.minutes.record(at, prices, volumes);
    this.recordCoarse(at, prices, volumes);
  }

  /** For history further back than minutes are kept. */
  recordCoarse(at: number, prices: Float64Array, volumes: Float64Array): void {
    this.hours.record(at, prices, volumes);
    this.days.record(at, prices, volumes);
  }

  /** Oldest first, the last one still open; undefined for a time frame the venue does not have. */
  candles(contract: number, timeFrame: string): Bar[] | undefined {
    const wanted = Object.hasOwn(FRAMES, timeFrame) ? FRAMES[timeFrame] : undefined;
    if (!wanted) return undefined;
    const series = this[wanted.from];
    const bars = series.bars(contract);
    return wanted.lengthMs === series.lengthMs ? bars : merged(bars, wanted);
  }
}

function merged(bars: readonly Bar[], { lengthMs, offsetMs }: Frame): Bar[] {
  const found: Bar[] = [];
  for (const bar of bars) {
    const at = Math.floor((bar.at - offsetMs) / lengthMs) * lengthMs + offsetMs;
    const last = found.at(-1);
    if (last?.at !== at) {
      found.push({ ...bar, at });
      continue;
    }
    found[found.length - 1] = {
      ...last,
      high: Math.max(last.high, bar.high),
      low: Math.min(last.low, bar.low),
      close: bar.close,
      volume: last.volume + bar.volume,
    };
  }
  return found;
}
