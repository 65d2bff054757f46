/** Failures on demand, so that a bot meets in tests what Telegram does to it on bad days. */
export type FaultKind =
  /** Refused with this answer, no effect. */
  | {
      readonly kind: 'error';
      readonly code: number;
      readonly description: string;
      readonly retryAfterS?: number;
    }
  /** Answered late. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The connection breaks before, or after, the call had its effect. */
  | { readonly kind: 'reset_before' }
  | { readonly kind: 'reset_after' }
  /** No answer until the caller gives up; no effect. */
  | { readonly kind: 'hang' };

export type Fault = FaultKind & {
  /** A method, or `*` for all. */
  readonly method: string;
  /** How many calls it hits; 1 unless told. */
  readonly count?: number;
  /** How many matching calls pass first. */
  readonly skip?: number;
};

interface Armed {
  readonly fault: Fault;
  skip: number;
  left: number;
}

export class Faults {
  #armed: Armed[] = [];

  /** Arms a fault. @returns what disarms it */
  push(fault: Fault): () => void {
    const armed: Armed = { fault, skip: fault.skip ?? 0, left: fault.count ?? 1 };
    this.#armed.push(armed);
    return () => {
      this.#armed = this.#armed.filter((other) => other !== armed);
    };
  }

  clear(): void {
    this.#armed = [];
  }

  /** The fault that hits this call, if any; the oldest armed one first. */
  take(method: string): FaultKind | undefined {
    for (const armed of this.#armed) {
      if (!matches(armed.fault.method, method)) continue;
      if (armed.skip > 0) {
        armed.skip -= 1;
        continue;
      }
      armed.left -= 1;
      if (armed.left <= 0) this.#armed = this.#armed.filter((other) => other !== armed);
      return armed.fault;
    }
    return undefined;
  }
}

function matches(pattern: string, method: string): boolean {
  return pattern === '*' || pattern.toLowerCase() === method.toLowerCase();
}

/** 429 as Telegram words it. */
export function floodFault(method: string, retryAfterS: number): Fault {
  return {
    method,
    kind: 'error',
    code: 429,
    description: `Too Many Requests: retry after ${retryAfterS}`,
    retryAfterS,
  };
}
