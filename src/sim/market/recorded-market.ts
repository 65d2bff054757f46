/**
 * A market replayed from candles. Inside a bar the price goes open → low → high → close when the
 * bar rises and open → high → low → close when it falls, in three legs of equal time. Recorded
 * time is shifted so that the replay begins at `startAt`. After the last bar the last price holds.
 */
import type { RecordedCandles } from './candle-files.ts';
import { type Contract, contractOf } from './contracts.ts';
import type { Market } from './market.ts';

const LEGS = 3;
const PRICE_DIGITS = 9;

export class RecordedMarket implements Market {
  readonly contracts: readonly Contract[];
  readonly stepMs: number;
  readonly prices: Float64Array;
  readonly volumes: Float64Array;
  readonly #recordings: readonly RecordedCandles[];
  /** The bar each recording is in. */
  readonly #bars: Int32Array;
  readonly #shiftMs: number;
  #at: number;

  /** @param recordings at least one, each with at least one bar. */
  constructor(recordings: readonly RecordedCandles[], startAt: number, stepMs: number) {
    const starts = recordings.map(({ at }) => at[0] ?? 0);
    this.#recordings = recordings;
    this.#shiftMs = startAt - Math.min(...starts);
    this.#at = startAt;
    this.stepMs = stepMs;
    this.contracts = recordings.map(({ base, open }) => contractOf(base, open[0] ?? 1));
    this.prices = Float64Array.from(recordings, ({ open }) => open[0] ?? 1);
    this.volumes = new Float64Array(recordings.length);
    this.#bars = new Int32Array(recordings.length);
  }

  get at(): number {
    return this.#at;
  }

  /** The moment of the recording that is being replayed, ms UTC. */
  get recordedAt(): number {
    return this.#at - this.#shiftMs;
  }

  step(): void {
    this.#at += this.stepMs;
    const recordedAt = this.recordedAt;
    for (let i = 0; i < this.#recordings.length; i += 1) {
      const recording = this.#recordings[i];
      if (recording) this.#stepOne(i, recording, recordedAt);
    }
  }

  #stepOne(i: number, recording: RecordedCandles, recordedAt: number): void {
    const { at, intervalMs } = recording;
    let bar = this.#bars[i] ?? 0;
    // A step that ends exactly with a bar still belongs to it: that is where the close is.
    while (bar + 1 < at.length && (at[bar + 1] ?? 0) < recordedAt) bar += 1;
    this.#bars[i] = bar;
    const begun = at[bar] ?? 0;
    if (recordedAt < begun) return;
    const share = Math.min(1, (recordedAt - begun) / intervalMs);
    const isOver = recordedAt > begun + intervalMs;
    this.prices[i] = priceInside(recording, bar, share, this.stepMs / intervalMs);
    this.volumes[i] = isOver ? 0 : ((recording.volume[bar] ?? 0) * this.stepMs) / intervalMs;
  }
}

/** Snaps to low and high when a step passes them, so that no extreme of the bar is missed. */
function priceInside(bars: RecordedCandles, bar: number, share: number, stepShare: number): number {
  const open = bars.open[bar] ?? 0;
  const close = bars.close[bar] ?? 0;
  const low = bars.low[bar] ?? 0;
  const high = bars.high[bar] ?? 0;
  if (share >= 1) return close;
  const isRising = close >= open;
  const points = isRising ? [open, low, high, close] : [open, high, low, close];
  const position = share * LEGS;
  const leg = Math.min(LEGS - 1, Math.floor(position + 1e-9));
  const inLeg = position - leg;
  const from = points[leg] ?? open;
  if (leg > 0 && inLeg < Math.min(1, stepShare * LEGS) - 1e-9) return from;
  const to = points[leg + 1] ?? close;
  return Number((from + (to - from) * inLeg).toPrecision(PRICE_DIGITS));
}
