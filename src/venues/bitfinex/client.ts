/**
 * The REST client: signs, keeps nonce order and limits, and says what a reply proves.
 *
 *   read  → limits → lane → nonce → sign → send → classify → schema → again, or a value
 *   write → limits → lane → nonce → sign → send → classify → outcome, never sent twice on doubt
 */

import PQueue from 'p-queue';
import { messageOf } from '../../core/errors.ts';
import { denied, type Outcome, rejected, unknown } from '../../core/outcome.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { PublicRead, SignedRead, SignedWrite } from './call.ts';
import { CODE, classify, isNonceRefusal, type Reply } from './errors.ts';
import { type HttpDoor, type HttpReply, type HttpRequest, TransportError } from './http.ts';
import type { Lane } from './lane.ts';
import type { RateLimiter } from './limits.ts';
import type { NonceSource } from './nonce.ts';
import type { Reader, Turn } from './reader.ts';
import { type Credentials, signedHeaders } from './sign.ts';
import type { Sleeper } from './sleeper.ts';

export interface ClientDeps {
  readonly clock: Clock;
  readonly log: Logger;
  readonly credentials: Credentials;
  readonly signedDoor: HttpDoor;
  readonly publicDoor: HttpDoor;
  readonly limiter: RateLimiter;
  readonly lane: Lane;
  readonly nonces: NonceSource;
  readonly reader: Reader;
  readonly sleeper: Sleeper;
}

/** Public reads need no order; this only bounds how many are under way. */
const PUBLIC_CONCURRENCY = 4;
const PUBLIC_WAITING_MAX = 2_000;
/** A write that waited longer was decided on a market that is gone. */
const WRITE_WAIT_MAX_MS = 15_000;
/** How long a write may be held back by the limits before it is refused here. */
const LIMIT_WAIT_MAX_MS = 5_000;

export class RestClient {
  readonly #deps: ClientDeps;
  readonly #publicQueue = new PQueue({ concurrency: PUBLIC_CONCURRENCY });

  constructor(deps: ClientDeps) {
    this.#deps = deps;
  }

  /** @throws VenueReadError */
  readPublic<T>(call: PublicRead<T>): Promise<T> {
    const { publicDoor, limiter, reader } = this.#deps;
    return reader.read(call, async () => {
      if (this.#publicQueue.size >= PUBLIC_WAITING_MAX) {
        throw new RangeError(`expected at most ${PUBLIC_WAITING_MAX} waiting requests`);
      }
      return this.#publicQueue.add(async (): Promise<Turn> => {
        const waitMs = limiter.take(call.bucket);
        return waitMs > 0 ? { waitMs } : publicDoor.send({ method: 'GET', path: call.path });
      });
    });
  }

  /** @throws VenueReadError */
  readSigned<T>(call: SignedRead<T>): Promise<T> {
    const { lane, limiter, reader } = this.#deps;
    const body = JSON.stringify(call.body);
    return reader.read(call, () =>
      lane.run(call.lane, async (signal): Promise<Turn> => {
        const waitMs = limiter.take(call.bucket);
        if (waitMs > 0) return { waitMs };
        const first = await this.#post(call.path, body, signal);
        if (!isNonceRefusal(first) || limiter.take(call.bucket) > 0) return first;
        return this.#post(call.path, body, signal);
      }),
    );
  }

  /**
   * Sends once, unless it was `recalled` while it waited. Never throws: what cannot be proven is
   * `unknown`.
   */
  async write(call: SignedWrite, recalled: () => string | null): Promise<Outcome> {
    const { clock, lane, limiter, sleeper } = this.#deps;
    const askedMs = clock.monotonicMs();
    // The moment is taken here and not when it has come: those who wait must not all wake for one.
    const waitMaxMs = call.waitMaxMs ?? WRITE_WAIT_MAX_MS;
    const heldMs = limiter.reserve(call.bucket, Math.min(waitMaxMs, LIMIT_WAIT_MAX_MS));
    if (heldMs === null) return denied(limitReason(limiter.waitMs(call.bucket)));
    if (heldMs > 0) await sleeper.sleep(heldMs);
    const obstacle = (): string | null => {
      if (sleeper.isClosed) return 'stopping';
      const waitedMs = clock.monotonicMs() - askedMs;
      return waitedMs > waitMaxMs ? `waited_too_long: ${Math.round(waitedMs)} ms` : recalled();
    };
    return lane.run('write', () => this.#writeNow(call, obstacle));
  }

  /** How many writes of this kind the venue's limit admits right now. */
  writesLeft(bucket: SignedWrite['bucket']): number {
    return this.#deps.limiter.left(bucket);
  }

  /**
   * Gives the authenticated WebSocket its turn in the lane: `use` sends the frame with the nonce
   * and resolves when it is answered, so that no later nonce can overtake it.
   */
  async inNonceOrder(use: (nonce: number, signal: AbortSignal) => Promise<void>): Promise<void> {
    const { lane, nonces } = this.#deps;
    await lane.run('urgent_read', async (signal) => use(await nonces.take(), signal));
  }

  /** The authenticated WebSocket was told that its nonce is too small. */
  nonceRefused(): void {
    this.#deps.nonces.refused();
  }

  async close(): Promise<void> {
    const { sleeper, signedDoor, publicDoor } = this.#deps;
    sleeper.close();
    await Promise.all([signedDoor.close(), publicDoor.close()]);
  }

  /** @param obstacle asked before each signature and after it: why the write must not leave now */
  async #writeNow(call: SignedWrite, obstacle: () => string | null): Promise<Outcome> {
    const { limiter, log } = this.#deps;
    const reason = obstacle();
    if (reason !== null) return denied(reason);
    const restMs = limiter.pausedMs();
    if (restMs > 0) return denied(limitReason(restMs));
    const body = JSON.stringify(call.body);
    const first = await this.#attemptWrite(call, body, obstacle);
    const isNonce = first.kind === 'rejected' && first.code === CODE.nonce;
    if (!isNonce || obstacle() !== null || limiter.take(call.bucket) > 0) return first;
    // The refusal proves that nothing was accepted, so one fresh signature cannot act twice.
    const second = await this.#attemptWrite(call, body, obstacle);
    if (second.kind === 'rejected' && second.code === CODE.nonce) {
      log.error({ call: call.name }, 'nonce refused twice: is the key used elsewhere?');
    }
    return second;
  }

  async #attemptWrite(
    call: SignedWrite,
    body: string,
    obstacle: () => string | null,
  ): Promise<Outcome> {
    let headers: Record<string, string>;
    try {
      headers = await this.#sign(call.path, body);
    } catch (error) {
      return denied(`not_signed: ${messageOf(error)}`);
    }
    // The nonce may have waited for the disk; one that is then not used is only left out.
    const reason = obstacle();
    if (reason !== null) return denied(reason);
    try {
      const request = { method: 'POST', path: call.path, headers, body } as const;
      return this.#outcomeOf(call, classify(await this.#send(request)));
    } catch (error) {
      const notSent = error instanceof TransportError && error.notSent;
      return notSent ? denied(`not_sent: ${messageOf(error)}`) : unknown(messageOf(error));
    }
  }

  #outcomeOf(call: SignedWrite, reply: Reply): Outcome {
    switch (reply.kind) {
      case 'answer':
        this.#deps.limiter.relax();
        return call.judge(reply.value);
      case 'refused':
        return rejected(reply.code, reply.reason, call.amountRefusals?.has(reply.code));
      case 'nonce':
        return rejected(CODE.nonce, reply.reason);
      case 'limited':
        this.#deps.limiter.pause(reply.restMs);
        return reply.proven ? rejected('rate_limited', 'rate limited') : unknown('HTTP 429');
      case 'doubtful':
        return unknown(reply.reason);
    }
  }

  async #post(path: string, body: string, signal: AbortSignal): Promise<HttpReply> {
    const headers = await this.#sign(path, body);
    return this.#send({ method: 'POST', path, headers, body, signal });
  }

  /** Every reply tells how far nonces have to be ahead for the venue to take them. */
  async #send(request: HttpRequest): Promise<HttpReply> {
    const { signedDoor, nonces } = this.#deps;
    const reply = await signedDoor.send(request);
    if (isNonceRefusal(reply)) nonces.refused();
    else nonces.accepted();
    return reply;
  }

  /** The nonce is taken at the moment of writing: a waiting request holds none. */
  async #sign(path: string, body: string): Promise<Record<string, string>> {
    const nonce = await this.#deps.nonces.take();
    return signedHeaders(this.#deps.credentials, path, nonce, body);
  }
}

function limitReason(waitMs: number): string {
  return `request_limit: ${Math.ceil(waitMs / 1_000)}`;
}
