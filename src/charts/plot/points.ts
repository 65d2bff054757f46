/** From samples to what a line draws: gaps stay gaps, and no more points than pixels can show. */

/** A place in a line; a null value breaks it. */
export interface Point {
  readonly at: number;
  readonly value: number | null;
}

/** Pixel columns of the finished picture that a line may fill. */
const COLUMNS = 1_100;
/** So many usual distances without a sample are a gap. */
const GAP_FACTOR = 3;

/** The distance beyond which two samples are not joined. */
export function usualGapMs(times: readonly number[]): number {
  const distances = times.slice(1).map((time, i) => time - (times[i] ?? time));
  const middle = distances.sort((a, b) => a - b)[Math.floor(distances.length / 2)];
  return middle === undefined ? Number.POSITIVE_INFINITY : middle * GAP_FACTOR;
}

/** Joins times and values, with a break wherever nothing was sampled for longer than `gapMs`. */
export function pointsOf(
  times: readonly number[],
  values: readonly (number | null)[],
  gapMs: number,
): Point[] {
  const points: Point[] = [];
  times.forEach((at, i) => {
    const before = times[i - 1];
    if (before !== undefined && at - before > gapMs) points.push({ at: before + 1, value: null });
    points.push({ at, value: values[i] ?? null });
  });
  return points;
}

/** Keeps first, lowest, highest and last of each pixel column, so that no spike is lost. */
export function thinned(points: readonly Point[], from: number, to: number): readonly Point[] {
  if (points.length <= 2 * COLUMNS || to <= from) return points;
  const columnOf = ({ at }: Point) => Math.floor(((at - from) / (to - from)) * COLUMNS);
  const kept: Point[] = [];
  let column: Point[] = [];
  for (const point of points) {
    const [first] = column;
    const sameColumn = first && columnOf(first) === columnOf(point);
    if (!sameColumn || point.value === null || first.value === null) {
      kept.push(...extremes(column));
      column = [];
    }
    column.push(point);
  }
  kept.push(...extremes(column));
  return kept;
}

function extremes(column: readonly Point[]): Point[] {
  if (column.length <= 4) return [...column];
  const heightOf = ({ value }: Point) => value ?? 0;
  let lowest = 0;
  let highest = 0;
  column.forEach((point, i) => {
    if (heightOf(point) < heightOf(column[lowest] ?? point)) lowest = i;
    if (heightOf(point) > heightOf(column[highest] ?? point)) highest = i;
  });
  const indexes = [...new Set([0, lowest, highest, column.length - 1])].sort((a, b) => a - b);
  return indexes.flatMap((i) => column[i] ?? []);
}

/** The last value that is known, and when. */
export function lastKnown(points: readonly Point[]): { at: number; value: number } | undefined {
  for (let i = points.length - 1; i >= 0; i -= 1) {
    const point = points[i];
    if (point && point.value !== null) return { at: point.at, value: point.value };
  }
  return undefined;
}
