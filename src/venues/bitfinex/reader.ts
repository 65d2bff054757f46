/**
 * Reads: asked again with jittered exponential back-off until they succeed, the venue refuses for
 * good, or the attempts are used up. A failed read changes nothing.
 */
import { messageOf } from '../../core/errors.ts';
import type { Clock, Random } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import { VenueReadError } from '../../ports/venue.ts';
import { type BackoffRange, backoffMs } from './backoff.ts';
import type { PublicRead } from './call.ts';
import { classifyLong, RefusedError, reasonOf } from './errors.ts';
import type { HttpReply } from './http.ts';
import type { RateLimiter } from './limits.ts';
import type { Sleeper } from './sleeper.ts';

export interface RetryOptions extends BackoffRange {
  readonly attempts: number;
}

/** Either a reply, or how long the request must wait before it may be sent. */
export type Turn = HttpReply | { readonly waitMs: number };

export interface ReaderDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly limiter: RateLimiter;
  readonly sleeper: Sleeper;
  readonly retry: RetryOptions;
}

type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** `again`: how patient to be with failures of this sort. */
  | { readonly kind: 'failed'; readonly again: Again; readonly error: Error };

type Again = 'always' | 'seldom' | 'never';

/** An answer of the wrong form is rarely cured by asking ten times. */
const SELDOM_MAX = 3;
const PROOF_WAIT_MAX_MS = 5_000;
/** From the first sending on; limits may hold it back before that for as long as they must. */
const DEADLINE_MS = 180_000;

export class Reader {
  readonly #deps: ReaderDeps;
  #failuresInARow = 0;

  constructor(deps: ReaderDeps) {
    this.#deps = deps;
  }

  /** Failed attempts since the last success. */
  get failuresInARow(): number {
    return this.#failuresInARow;
  }

  /** @throws VenueReadError */
  async read<T>(call: PublicRead<T>, send: () => Promise<Turn>): Promise<T> {
    const { clock, random, log, sleeper } = this.#deps;
    const retry = call.isProof ? oftener(this.#deps.retry) : this.#deps.retry;
    let startedMs: number | null = null;
    let malformed = 0;
    for (let attempt = 1; ; attempt += 1) {
      const result = await this.#attempt(call, send);
      startedMs ??= clock.monotonicMs();
      if (result.kind === 'done') {
        this.#failuresInARow = 0;
        return result.value;
      }
      this.#failuresInARow += 1;
      if (result.again === 'seldom') malformed += 1;
      const reason = messageOf(result.error);
      log.warn({ call: call.name, attempt, reason }, 'read failed');
      const waitMs = backoffMs(attempt, retry, random);
      const isLate = clock.monotonicMs() - startedMs + waitMs > DEADLINE_MS;
      const isUsedUp = attempt >= retry.attempts || malformed >= SELDOM_MAX || isLate;
      if (isUsedUp || result.again === 'never' || sleeper.isClosed) {
        throw new VenueReadError(call.name, attempt, `${call.name}: ${reason}`, {
          cause: result.error,
          keyRejected: result.error instanceof RefusedError && result.error.isAboutKey,
        });
      }
      await sleeper.sleep(waitMs);
    }
  }

  async #attempt<T>(call: PublicRead<T>, send: () => Promise<Turn>): Promise<Attempt<T>> {
    try {
      return await this.#judge(call, await this.#inTurn(call, send));
    } catch (error) {
      return failed('always', error);
    }
  }

  /** Sends as soon as the limits allow it. */
  async #inTurn(call: PublicRead<unknown>, send: () => Promise<Turn>): Promise<HttpReply> {
    const { limiter, sleeper } = this.#deps;
    for (;;) {
      // Waiting happens outside the lane, so that a limited read never holds up a write.
      const waitMs = limiter.waitMs(call.bucket);
      if (waitMs > 0) await sleeper.sleep(waitMs);
      if (sleeper.isClosed) throw new Error('the client is closed');
      if (limiter.waitMs(call.bucket) > 0) continue;
      const turn = await send();
      if (!('waitMs' in turn)) return turn;
    }
  }

  async #judge<T>(call: PublicRead<T>, http: HttpReply): Promise<Attempt<T>> {
    const { limiter } = this.#deps;
    const reply = await classifyLong(http, this.#breathe);
    switch (reply.kind) {
      case 'answer':
        limiter.relax();
        return this.#understand(call, reply.value);
      case 'limited':
        limiter.pause(reply.restMs);
        return failed('always', new Error(reasonOf(reply)));
      case 'refused': {
        const value = call.onRefusal?.(reply);
        if (value !== undefined) return { kind: 'done', value };
        return failed(reply.transient ? 'always' : 'never', new RefusedError(reply));
      }
      case 'nonce':
      case 'doubtful':
        return failed('always', new Error(reasonOf(reply)));
    }
  }

  async #understand<T>(call: PublicRead<T>, answer: unknown): Promise<Attempt<T>> {
    try {
      return { kind: 'done', value: await call.read(answer, this.#breathe) };
    } catch (error) {
      return failed('seldom', error);
    }
  }

  readonly #breathe = (): Promise<void> => this.#deps.sleeper.sleep(0);
}

/** A position stays fenced until the venue has answered again: no wait is longer than seconds. */
function oftener({ attempts, baseMs, maxMs }: RetryOptions): RetryOptions {
  return { attempts: 2 * attempts, baseMs, maxMs: Math.min(maxMs, PROOF_WAIT_MAX_MS) };
}

function failed(again: Again, error: unknown): Attempt<never> {
  return {
    kind: 'failed',
    again,
    error: error instanceof Error ? error : new Error(messageOf(error)),
  };
}
