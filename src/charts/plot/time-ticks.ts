/** Where the marks of a time axis stand: on round local times, few enough to read on a phone. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import { offsetMs, type Zone } from './zone.ts';

export interface Tick {
  readonly at: number;
  readonly text: string;
}

const STEPS = [
  MINUTE_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  10 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  2 * DAY_MS,
  7 * DAY_MS,
  14 * DAY_MS,
  30 * DAY_MS,
  90 * DAY_MS,
  365 * DAY_MS,
];

/** Rising, at most `most`. A midnight shows its date as month-day, which all readers know. */
export function timeTicks(from: number, to: number, zone: Zone, most: number): Tick[] {
  const step = STEPS.find((each) => (to - from) / each <= most - 1) ?? (to - from) / (most - 1);
  const first = Math.ceil((from + offsetMs(zone, from)) / step) * step;
  const ticks: Tick[] = [];
  for (let local = first; ticks.length < most; local += step) {
    const at = momentOf(local, zone);
    if (at > to) break;
    if (at >= from) ticks.push({ at, text: textOf(local, step) });
  }
  return ticks;
}

/** The moment whose local time this is; the offset is asked twice because clocks change. */
function momentOf(local: number, zone: Zone): number {
  const guess = local - offsetMs(zone, local);
  return local - offsetMs(zone, guess);
}

function textOf(local: number, step: number): string {
  const text = new Date(local).toISOString();
  return step >= DAY_MS || local % DAY_MS === 0 ? text.slice(5, 10) : text.slice(11, 16);
}
