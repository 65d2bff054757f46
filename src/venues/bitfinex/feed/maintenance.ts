/** Joins what several connections say about maintenance: it lasts while any of them says so. */
export class Maintenance {
  readonly #onChange: (active: boolean) => void;
  readonly #sources = new Set<object>();

  constructor(onChange: (active: boolean) => void) {
    this.#onChange = onChange;
  }

  set(source: object, active: boolean): void {
    const before = this.#sources.size > 0;
    if (active) this.#sources.add(source);
    else this.#sources.delete(source);
    const after = this.#sources.size > 0;
    if (before !== after) this.#onChange(after);
  }
}
