/** Bands that stand on each other: the largest one by one, the others as one. */

export interface Band {
  readonly label: string;
  /** The sum of all that have no band of their own. */
  readonly isRest: boolean;
  /** Height of this band per time, null where nothing was sampled. */
  readonly values: readonly (number | null)[];
  /** Its upper edge. */
  readonly tops: readonly (number | null)[];
}

interface Line {
  readonly label: string;
  readonly values: readonly (number | null)[];
}

const COLUMNS = 600;

/** Indexes of the times to draw: within the span, and at most the last of each pixel column. */
export function sampledTimes(
  times: readonly number[],
  span: readonly [number, number] | undefined,
): number[] {
  if (!span) return [];
  const [from, to] = span;
  const inside = times.flatMap((at, i) => (at >= from && at <= to ? [i] : []));
  if (inside.length <= COLUMNS) return inside;
  const columnOf = (i: number | undefined) =>
    i === undefined ? -1 : Math.floor((((times[i] ?? from) - from) / (to - from)) * COLUMNS);
  return inside.filter((i, n) => columnOf(i) !== columnOf(inside[n + 1]));
}

/**
 * At most `most` bands, largest below, over the chosen samples. A position without a value in a
 * sample that has others does not exist then: its band has no height. A sample without any value
 * is a gap in all bands.
 */
export function bandsOf(lines: readonly Line[], samples: readonly number[], most: number): Band[] {
  const isSampled = samples.map((i) => lines.some(({ values }) => (values[i] ?? null) !== null));
  const heights = lines
    .map(({ label, values }) => ({ label, heights: samples.map((i) => values[i] ?? 0) }))
    .filter((line) => line.heights.some((height) => height !== 0))
    .map((line) => ({ ...line, sum: line.heights.reduce((sum, height) => sum + height, 0) }))
    .sort((a, b) => b.sum - a.sum || (a.label < b.label ? -1 : 1));
  const own = heights.length > most ? heights.slice(0, most - 1) : heights;
  const others = heights.slice(own.length);
  const rest = samples.map((_, n) => others.reduce((sum, line) => sum + (line.heights[n] ?? 0), 0));
  const all = own.map(({ label, heights: values }) => ({ label, values, isRest: false }));
  if (others.length > 0) all.push({ label: `+${others.length}`, values: rest, isRest: true });
  const top = samples.map(() => 0);
  return all.map(({ label, values, isRest }) => {
    values.forEach((value, n) => {
      top[n] = (top[n] ?? 0) + value;
    });
    const known = (list: readonly number[]) =>
      list.map((value, n) => (isSampled[n] === true ? value : null));
    return { label, isRest, values: known(values), tops: known(top) };
  });
}
