/**
 * Since when the exchange has answered the reads that can prove what became of a write, as the
 * line saw it. How long the service takes to find out is counted from here: before, nobody could.
 */
import type { HttpReply, WireRequest } from '../../venues/bitfinex/index.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Positions, orders and trades of the account. */
const PROOF_PATH = /^\/v2\/auth\/r\/(positions|orders|trades)/;
const LIMITED = /ERR_RATE_LIMIT|ratelimit/;

export class AnswerWatch {
  readonly #time: VirtualTime;
  #since = 0;
  /** Asking too early would prolong it: how long it lasts shows by the next answer. */
  #isLimited = false;

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
  onEnd({ path }: WireRequest, reply: HttpReply | null): void {
    const isLimit = reply !== null && LIMITED.test(reply.text);
    const isOver = this.#isLimited && isGood(reply);
    const isFailure = PROOF_PATH.test(path) && !isGood(reply);
    this.#isLimited = isLimit || (this.#isLimited && !isOver);
    if (isLimit || isOver || isFailure) this.#notBefore(this.#time.at);
  }

  #notBefore(at: number): void {
    this.#since = Math.max(this.#since, at);
  }
}

function isGood(reply: HttpReply | null): boolean {
  if (reply?.status !== 200) return false;
  try {
    JSON.parse(reply.text);
    return true;
  } catch {
    return false;
  }
}
