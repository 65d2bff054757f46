/** Keeps labels apart that want to stand at nearly the same height. */

/**
 * Heights for labels that want `wanted` (any order), at least `gap` apart and within [low, high],
 * moved as little as a single pass down and one up allow. Labels that cannot fit share the room.
 */
export function spread(
  wanted: readonly number[],
  gap: number,
  low: number,
  high: number,
): readonly number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const least = Math.min(gap, order.length > 1 ? (high - low) / (order.length - 1) : gap);
  const placed = new Array<number>(wanted.length).fill(low);
  let next = low;
  for (const i of order) {
    placed[i] = Math.max(next, wanted[i] ?? low);
    next = (placed[i] ?? low) + least;
  }
  let last = high;
  for (const i of order.toReversed()) {
    placed[i] = Math.min(last, placed[i] ?? high);
    last = (placed[i] ?? high) - least;
  }
  return placed;
}
