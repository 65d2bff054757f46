/**
 * The base of every error this project throws on purpose: one `instanceof` tells ours from others'.
 * Messages say what was expected and what it was, and never contain a secret.
 */
export class BallastError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** A state that the code excludes was reached: stop rather than spread it. */
export class InvariantError extends BallastError {}

/** Asserts on in production: a wrong state must stop, not spread. */
export function assert(condition: boolean, expectation: string): asserts condition {
  if (!condition) throw new InvariantError(`invariant broken, expected: ${expectation}`);
}

/** The message of anything thrown, without assuming that it is an Error. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
