/**
 * Reads of hundreds of rows, a few at a time: in between, prices that arrive meanwhile are looked
 * at, so that a long list never delays a rescue.
 */

/** Lets everything else have its turn. */
export type Breathe = () => Promise<void>;

/** A slice of position rows takes about a millisecond. */
const SLICE = 25;

/** Calls `each` for every item in order. Short lists are done in one go. */
export async function inSlices<T>(
  items: readonly T[],
  breathe: Breathe,
  each: (item: T) => void,
): Promise<void> {
  for (let from = 0; from < items.length; from += SLICE) {
    if (from > 0) await breathe();
    for (const item of items.slice(from, from + SLICE)) each(item);
  }
}
