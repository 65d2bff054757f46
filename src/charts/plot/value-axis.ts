/** A value axis with round marks. Ours rather than the library's, so that heights are known. */
import { axisFigures } from './figures.ts';

export interface ValueAxis {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly ticks: readonly number[];
  readonly texts: readonly string[];
}

const ROUND = [1, 2, 2.5, 5, 10];
/** Values closer than this, absolutely or of their size, count as one: figures end there. */
const SMALLEST_SPAN = 1e-8;
const SMALLEST_SHARE = 1e-7;

/**
 * Covers the values given, with four or five marks. A single value gets room on both sides; no
 * value at all an axis from 0 to 1. `floor` and `ceiling` fix an end.
 */
export function valueAxis(
  values: readonly number[],
  ends: { floor?: number; ceiling?: number } = {},
): ValueAxis {
  const [low, high] = spanOf(values, ends);
  const step = roundStep((high - low) / 4);
  const from = ends.floor ?? Math.floor(low / step + 1e-9) * step;
  const max = ends.ceiling ?? Math.ceil(high / step - 1e-9) * step;
  const count = Math.floor((max - from) / step + 1e-9) + 1;
  const ticks = Array.from({ length: count }, (_, i) => rounded(from + i * step));
  return { min: rounded(from), max: rounded(max), step, ticks, texts: axisFigures(ticks, step) };
}

/** Smallest and largest of any number of values; undefined without one. */
export function extent(values: Iterable<number | null>): [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value === null) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : undefined;
}

function spanOf(
  values: readonly number[],
  ends: { floor?: number; ceiling?: number },
): [number, number] {
  const [least, most] = extent(values) ?? [0, 1];
  const low = ends.floor ?? least;
  const high = ends.ceiling ?? most;
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high - low > Math.max(SMALLEST_SPAN, size * SMALLEST_SHARE)) return [low, high];
  const room = size > SMALLEST_SPAN ? size * 0.05 : 1;
  return ends.floor === undefined ? [low - room, low + room] : [low, low + 2 * room];
}

function roundStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = ROUND.find((each) => each * power >= raw * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Takes away the dust of binary fractions, such as 0.30000000000000004. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
