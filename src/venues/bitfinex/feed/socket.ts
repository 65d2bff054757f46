/**
 * One WebSocket that comes back for ever: connects within a budget, notices silence, and reconnects
 * with jittered back-off. What it carries is its owner's business.
 */
import { messageOf } from '../../../core/errors.ts';
import { MINUTE_MS, SECOND_MS } from '../../../core/time.ts';
import type { Cancel, Clock, Random } from '../../../ports/clock.ts';
import type { Logger } from '../../../ports/logger.ts';
import { backoffMs } from '../backoff.ts';
import type { SlidingWindow } from '../limits.ts';
import type { SocketLink, Transport } from '../transport.ts';
import { wsLink } from './ws-link.ts';

export interface SocketDeps {
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** New connections this address may open; shared by all sockets to the same host. */
  readonly budget: SlidingWindow;
  /** Opens a connection; over the network unless told otherwise. */
  readonly connect?: Transport['socket'];
  readonly onOpen: () => void;
  readonly onText: (text: string) => void;
  /** Once per connection that ends or attempt that fails; the next one is already scheduled. */
  readonly onDown: (reason: string) => void;
}

/** Twice the venue's heartbeat without any frame means dead, however open the socket looks. */
export const SILENCE_MAX_MS = 30 * SECOND_MS;
const LOOK_MS = 5 * SECOND_MS;
const PING_MS = 10 * SECOND_MS;
const BACKOFF = { baseMs: 500, maxMs: MINUTE_MS } as const;
/** A connection that held this long starts the back-off anew. */
const STABLE_MS = 30 * SECOND_MS;
/** As many failures as it takes to wait for about the longest back-off. */
const PATIENT_FAILURES = 10;

export class ReconnectingSocket {
  readonly #deps: SocketDeps;
  #socket: SocketLink | null = null;
  #cancelTimer: Cancel = () => undefined;
  #failures = 0;
  #openedMs = 0;
  #lastFrameMs = 0;
  #lastPingMs = 0;
  #closed = false;

  constructor(deps: SocketDeps) {
    this.#deps = deps;
  }

  start(): void {
    const { budget, clock } = this.#deps;
    if (this.#closed || this.#socket) return;
    const waitMs = budget.take(clock.monotonicMs());
    if (waitMs > 0) this.#startAfter(waitMs);
    else this.#connect();
  }

  /** False when there is no open connection to send on. */
  send(text: string): boolean {
    if (!this.#socket?.isOpen) return false;
    this.#socket.send(text);
    return true;
  }

  /** Drops the connection and opens another; `patiently` waits as after many failures. */
  restart(reason: string, patiently = false): void {
    this.#end(reason, patiently);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer();
    const socket = this.#socket;
    this.#socket = null;
    await socket?.terminate();
  }

  #connect(): void {
    const { url, clock, log, onOpen, onText, connect = wsLink } = this.#deps;
    let socket: SocketLink;
    try {
      socket = connect(url, {
        onOpen: () => {
          if (this.#socket !== socket) return;
          this.#openedMs = clock.monotonicMs();
          this.#lastFrameMs = this.#openedMs;
          this.#lastPingMs = this.#openedMs;
          this.#watch();
          onOpen();
        },
        onText: (text) => {
          if (this.#socket !== socket) return;
          this.#lastFrameMs = clock.monotonicMs();
          onText(text);
        },
        onError: (error) => {
          log.debug({ url, reason: messageOf(error) }, 'socket error');
          // Refused for too many connections: coming back at once would prolong the block.
          const isLimited = /\b429\b/.test(messageOf(error));
          if (this.#socket === socket) this.#end(messageOf(error), isLimited);
        },
        onClose: (code) => {
          if (this.#socket === socket) this.#end(`closed with ${code}`);
        },
      });
    } catch (error) {
      this.#failed(`not connected: ${messageOf(error)}`);
      return;
    }
    this.#socket = socket;
  }

  /** Looks for silence: a half-open connection sends no FIN, it only stops talking. */
  #watch(): void {
    const { clock } = this.#deps;
    this.#cancelTimer();
    this.#cancelTimer = clock.after(LOOK_MS, () => {
      const now = clock.monotonicMs();
      // One look earlier than the limit, because the next would come too late.
      if (now - this.#lastFrameMs > SILENCE_MAX_MS - LOOK_MS) {
        this.#end(`silent for ${Math.round((now - this.#lastFrameMs) / SECOND_MS)} s`);
        return;
      }
      if (now - this.#lastPingMs >= PING_MS) {
        this.#lastPingMs = now;
        this.send('{"event":"ping","cid":1}');
      }
      this.#watch();
    });
  }

  #end(reason: string, patiently = false): void {
    const socket = this.#socket;
    if (!socket || this.#closed) return;
    this.#socket = null;
    const held = this.#openedMs > 0 ? this.#deps.clock.monotonicMs() - this.#openedMs : 0;
    if (patiently) this.#failures = PATIENT_FAILURES;
    else if (held >= STABLE_MS) this.#failures = 0;
    this.#openedMs = 0;
    void socket.terminate();
    this.#failed(reason);
  }

  #failed(reason: string): void {
    const { random, log, url, onDown } = this.#deps;
    this.#failures += 1;
    const waitMs = backoffMs(this.#failures, BACKOFF, random);
    log.warn({ url, reason, waitMs: Math.round(waitMs) }, 'socket down, will reconnect');
    this.#startAfter(waitMs);
    onDown(reason);
  }

  #startAfter(waitMs: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#deps.clock.after(waitMs, () => this.start());
  }
}
