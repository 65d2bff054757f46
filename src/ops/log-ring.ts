/** The newest lines of the log, kept in memory for whoever asks in chat. */
const LINES_MAX = 500;
const LINE_CHARACTERS_MAX = 2_000;

export class LogRing {
  readonly #lines: string[] = [];

  /** A line as it is written: redacted already. */
  push(line: string): void {
    this.#lines.push(line.trimEnd().slice(0, LINE_CHARACTERS_MAX));
    if (this.#lines.length > LINES_MAX) this.#lines.shift();
  }

  /** Oldest first, at most `count`. */
  last(count: number): readonly string[] {
    return count <= 0 ? [] : this.#lines.slice(-count);
  }
}
