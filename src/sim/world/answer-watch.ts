/**
 * Since when the exchange has answered all that the account's key asked of it, as the line saw it.
 * How long the service takes to find out what became of a write is counted from here: before,
 * nobody could tell.
 */
import type { HttpReply, WireRequest } from '../../venues/bitfinex/index.ts';
import type { VirtualTime } from './virtual-time.ts';

const SIGNED = '/v2/auth/';
const WRITE = '/v2/auth/w/';
/** Whoever needs longer does not answer as an exchange does: asking twice takes no end. */
const SLOW_MS = 2_000;
const LIMITED = /ERR_RATE_LIMIT|ratelimit/;

export class AnswerWatch {
  readonly #time: VirtualTime;
  #since = 0;
  /**
   * When the line was last told that it asks too much; null when it may ask. Asking too early would
   * prolong it: how long it lasts shows by the answer to what was asked after that.
   */
  #limitedAt: number | null = null;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  /** The last moment at which asking was of no use, in simulated ms. */
  get since(): number {
    return this.#since;
  }

  /** A process that has just begun could not ask before. */
  born(): void {
    this.#notBefore(this.#time.at);
  }

  slept(ms: number): void {
    this.#notBefore(this.#time.at + ms);
  }

  /** What was asked has come back to the process, or it has given up: then `reply` is null. */
  onEnd({ path }: WireRequest, reply: HttpReply | null, tookMs: number): void {
    const isLimit = reply !== null && LIMITED.test(reply.text);
    const isAnswer = answers(path, reply) && tookMs <= SLOW_MS;
    const askedAt = this.#time.at - tookMs;
    const isOver = this.#limitedAt !== null && isAnswer && askedAt > this.#limitedAt;
    const isFailure = path.startsWith(SIGNED) && !isAnswer;
    if (isLimit) this.#limitedAt = this.#time.at;
    else if (isOver) this.#limitedAt = null;
    if (isLimit || isOver || isFailure) this.#notBefore(this.#time.at);
  }

  #notBefore(at: number): void {
    this.#since = Math.max(this.#since, at);
  }
}

/** A refused write is an answer like any other, and comes with status 500. */
function answers(path: string, reply: HttpReply | null): boolean {
  if (!reply) return false;
  try {
    const isList = Array.isArray(JSON.parse(reply.text));
    return reply.status === 200 || (isList && path.startsWith(WRITE));
  } catch {
    return false;
  }
}
