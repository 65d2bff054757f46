/** What one file in `calls/` describes: everything the client must know to make the request. */
import type { Outcome } from '../../core/outcome.ts';
import type { Refusal } from './errors.ts';
import type { Breathe } from './in-slices.ts';
import type { LaneKind } from './lane.ts';
import type { Bucket } from './limits.ts';

interface CallBase {
  /** Names the call in logs and errors. */
  readonly name: string;
  /** Path and query without a leading slash; signed calls have no query. */
  readonly path: string;
  readonly bucket: Bucket;
}

export interface PublicRead<T> extends CallBase {
  /** @throws WireFormatError when the answer has another form. */
  readonly read: (answer: unknown, breathe: Breathe) => T | Promise<T>;
  /** For calls to which a refusal is an answer: its value, or undefined when it is none. */
  readonly onRefusal?: (refusal: Refusal) => T | undefined;
  /** Can prove what became of a write: asked again at shorter intervals, for as long as others. */
  readonly isProof?: true;
}

export interface SignedRead<T> extends PublicRead<T> {
  readonly body: object;
  readonly lane: Exclude<LaneKind, 'write'>;
}

export interface SignedWrite extends CallBase {
  readonly body: object;
  /** Judges an answer that is no error; anything unexpected is `unknown`. Never throws. */
  readonly judge: (answer: unknown) => Outcome;
  /** Codes of refusals that are about the amount asked for; none without. */
  readonly amountRefusals?: ReadonlySet<string>;
  /** Given up on our side when it had to wait longer than this; the client's own limit without. */
  readonly waitMaxMs?: number;
}
