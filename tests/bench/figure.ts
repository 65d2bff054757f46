/** One measured figure, printed as a JSON line; `goal` is what it is held against. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string;
}

export function print(figure: Figure): void {
  const value = Number(figure.value.toPrecision(4));
  process.stdout.write(`${JSON.stringify({ ...figure, value })}\n`);
}

/** The p-th percentile (0 to 100) of a sample, by nearest rank. */
export function percentile(sample: readonly number[], p: number): number {
  if (sample.length === 0) throw new Error('expected a sample with values, was empty');
  const sorted = [...sample].sort((a, b) => a - b);
  const rank = Math.ceil((p / 100) * sorted.length) - 1;
  return sorted[Math.min(sorted.length - 1, Math.max(0, rank))] ?? Number.NaN;
}
