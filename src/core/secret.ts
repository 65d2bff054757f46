import { inspect } from 'node:util';

const MASK = '[secret]';

/**
 * A value that can be used but not printed: logs, errors, JSON and inspection show `[secret]`.
 * Call `reveal()` only where the value enters a signature, a header or a URL.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
