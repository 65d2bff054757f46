/**
 * Coverage marks: what a run has really met. A simulation that never meets a fault says nothing
 * about it.
 */
export class Marks {
  readonly #hits = new Map<string, number>();

  hit(name: string): void {
    this.#hits.set(name, (this.#hits.get(name) ?? 0) + 1);
  }

  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#hits].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
