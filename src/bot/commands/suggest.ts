/** "Did you mean": the nearest of what is known, when it is near enough. */
export function nearest(input: string, known: Iterable<string>): string | undefined {
  const wanted = input.toLowerCase().slice(0, 40);
  let best: { readonly text: string; readonly distance: number } | undefined;
  for (const text of known) {
    const candidate = text.toLowerCase();
    const isBeginning = wanted.length >= 2 && candidate.startsWith(wanted);
    const distance = isBeginning ? 1 : editDistance(wanted, candidate);
    if (!best || distance < best.distance) best = { text, distance };
  }
  const reach = Math.min(2, Math.floor(wanted.length / 2));
  return best && best.distance <= reach ? best.text : undefined;
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one to the other. */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (row > 1 && column > 1 && swapped) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
