/**
 * Prices of one window, step by step, for all pairs at once, in memory that workers share.
 *
 * A step is five seconds, twelve to a minute. Inside a bar the price goes open → low → high →
 * close when the bar rises and open → high → low → close when it falls, in three legs of equal
 * time. Every minute also has the lowest and highest price of each pair, so that a quiet minute can
 * be told without looking at its steps.
 */
import { BallastError } from '../../core/errors.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import { FALL_WINDOW_SEC } from '../../systems/balancer/index.ts';
import type { RecordedCandles } from '../market/index.ts';

/** A window that cannot be replayed; the message names it and the pair. */
export class ReplayDataError extends BallastError {}

export const STEPS_PER_MINUTE = 12;
export const STEP_MS = MINUTE_MS / STEPS_PER_MINUTE;

/** The window in which a fall asks for more margin. */
export const FALL_STEPS = (FALL_WINDOW_SEC * SECOND_MS) / STEP_MS;

export interface PriceGrid {
  readonly window: string;
  readonly bases: readonly string[];
  readonly startAt: number;
  readonly minutes: number;
  /** `prices[step × pairs + pair]`; step 0 is the start, the last one the end of the window. */
  readonly prices: Float64Array;
  /** `lows[minute × pairs + pair]`, over the steps of the minute and the one before it. */
  readonly lows: Float64Array;
  readonly highs: Float64Array;
}

const LEGS = 3;
/** Whole minutes make whole steps in every leg. */
const STEPS_PER_LEG_MINUTE = STEPS_PER_MINUTE / LEGS;
/** No believable bar spans, or jumps from the one before, by more than this factor. */
const JUMP_MAX = 20;
const MINUTES_MAX = 400_000;
const CELLS_MAX = 200_000_000;

export interface GridBuild {
  readonly grid: PriceGrid;
  /** What was left out or filled in, for people. */
  readonly notes: readonly string[];
}

/** An empty grid in shared memory. @throws ReplayDataError when it would be absurdly large. */
export function emptyGrid(
  window: string,
  bases: readonly string[],
  startAt: number,
  minutes: number,
): PriceGrid {
  const steps = minutes * STEPS_PER_MINUTE + 1;
  if (minutes < 1 || minutes > MINUTES_MAX || steps * bases.length > CELLS_MAX) {
    throw new ReplayDataError(
      `${window}: expected 1 to ${MINUTES_MAX} minutes, was ${minutes} of ${bases.length} pairs`,
    );
  }
  const shared = (cells: number): Float64Array =>
    new Float64Array(new SharedArrayBuffer(cells * Float64Array.BYTES_PER_ELEMENT));
  return {
    window,
    bases,
    startAt,
    minutes,
    prices: shared(steps * bases.length),
    lows: shared(minutes * bases.length),
    highs: shared(minutes * bases.length),
  };
}

/**
 * The grid of recorded candles. A pair that starts late or ends early is left out and named; inside
 * its time a missing bar holds the last price; volume plays no part.
 * @throws ReplayDataError naming the pair whose prices no market can have had.
 */
export function gridOf(window: string, recordings: readonly RecordedCandles[]): GridBuild {
  const notes: string[] = [];
  const startAt = Math.min(...recordings.map(({ at }) => at[0] ?? 0));
  const endAt = Math.max(...recordings.map(endOf));
  const whole = recordings.filter((recording) => {
    const isWhole = (recording.at[0] ?? 0) <= startAt && endOf(recording) >= endAt;
    if (!isWhole) notes.push(`${window}: ${recording.base} does not cover the window, left out`);
    return isWhole;
  });
  if (whole.length === 0) {
    throw new ReplayDataError(`${window}: expected a pair that covers the window, found none`);
  }
  for (const recording of whole) assertBelievable(window, recording);
  const minutes = Math.floor((endAt - startAt) / MINUTE_MS);
  const bases = whole.map(({ base }) => base);
  const grid = emptyGrid(window, bases, startAt, minutes);
  whole.forEach((recording, pair) => {
    const missing = fillPair(grid, pair, recording);
    if (missing > 0) notes.push(`${window}: ${recording.base}, ${missing} missing bars held`);
  });
  fillRanges(grid);
  return { grid, notes };
}

function endOf({ at, intervalMs }: RecordedCandles): number {
  return (at.at(-1) ?? 0) + intervalMs;
}

function assertBelievable(window: string, recording: RecordedCandles): void {
  const { base, low, high, open, close, intervalMs } = recording;
  if (intervalMs % MINUTE_MS !== 0) {
    throw new ReplayDataError(`${window}: ${base}, expected bars of whole minutes`);
  }
  let before = open[0] ?? 0;
  for (let bar = 0; bar < low.length; bar += 1) {
    const least = Math.min(before, low[bar] ?? 0);
    const most = Math.max(before, high[bar] ?? 0);
    if (!(most <= least * JUMP_MAX)) {
      throw new ReplayDataError(
        `${window}: ${base}, bar ${bar + 1}: expected a move below ${JUMP_MAX} times, ` +
          `was ${least} to ${most}`,
      );
    }
    before = close[bar] ?? 0;
  }
}

/** @returns how many bars were missing. */
function fillPair(grid: PriceGrid, pair: number, recording: RecordedCandles): number {
  const { at, open, high, low, close, intervalMs } = recording;
  const pairs = grid.bases.length;
  const barSteps = (intervalMs / MINUTE_MS) * STEPS_PER_MINUTE;
  const legSteps = (intervalMs / MINUTE_MS) * STEPS_PER_LEG_MINUTE;
  const steps = grid.minutes * STEPS_PER_MINUTE;
  let price = open[0] ?? 0;
  let step = 0;
  let missing = 0;
  grid.prices[pair] = price;
  for (let bar = 0; bar < at.length; bar += 1) {
    const from = Math.round(((at[bar] ?? 0) - grid.startAt) / STEP_MS);
    missing += Math.max(0, Math.round((from - step) / barSteps));
    for (; step < from; step += 1) grid.prices[(step + 1) * pairs + pair] = price;
    const isRising = (close[bar] ?? 0) >= (open[bar] ?? 0);
    const first = (isRising ? low[bar] : high[bar]) ?? 0;
    const second = (isRising ? high[bar] : low[bar]) ?? 0;
    const points = [open[bar] ?? 0, first, second, close[bar] ?? 0];
    for (let k = 1; k <= barSteps; k += 1) {
      const leg = Math.min(LEGS - 1, Math.floor((k - 1) / legSteps));
      const begun = points[leg] ?? 0;
      price = begun + ((points[leg + 1] ?? 0) - begun) * ((k - leg * legSteps) / legSteps);
      grid.prices[(from + k) * pairs + pair] = price;
    }
    step = from + barSteps;
  }
  for (; step < steps; step += 1) grid.prices[(step + 1) * pairs + pair] = price;
  return missing;
}

/**
 * How much a side (+1 long, −1 short) has lost at a step since its best price of so many steps
 * before, in percent of the price then.
 */
export function fallOf(
  { prices, bases }: PriceGrid,
  at: { readonly step: number; readonly column: number; readonly side: number },
  steps: number,
): number {
  const { step, column, side } = at;
  const price = prices[step * bases.length + column] ?? 0;
  let lost = 0;
  for (let k = 1; k <= Math.min(step, steps); k += 1) {
    const then = prices[(step - k) * bases.length + column] ?? 0;
    lost = Math.max(lost, (side * (then - price)) / price);
  }
  return lost * 100;
}

/** Lowest and highest price of every minute, including the price it starts from. */
export function fillRanges({ prices, lows, highs, minutes, bases }: PriceGrid): void {
  const pairs = bases.length;
  for (let minute = 0; minute < minutes; minute += 1) {
    for (let pair = 0; pair < pairs; pair += 1) {
      let low = Number.POSITIVE_INFINITY;
      let high = 0;
      const first = minute * STEPS_PER_MINUTE;
      for (let step = first; step <= first + STEPS_PER_MINUTE; step += 1) {
        const price = prices[step * pairs + pair] ?? 0;
        if (price < low) low = price;
        if (price > high) high = price;
      }
      lows[minute * pairs + pair] = low;
      highs[minute * pairs + pair] = high;
    }
  }
}
