/** One WebSocket: its channels, its flags, and everything that is written to it. */
import type { Clock } from '../../../ports/clock.ts';
import type { Faults } from '../faults.ts';
import type { Row } from '../rows/position-row.ts';

export type ChannelKind = 'status' | 'ticker' | 'candles' | 'trades';

export interface Channel {
  readonly id: number;
  readonly kind: ChannelKind;
  /** What makes it unique on its connection: channel name and key or symbol. */
  readonly name: string;
  readonly index: number;
  /** For candles. */
  readonly timeFrame: string;
  sentAtMs: number;
}

export const CHANNELS_MAX = 25;
export const FLAG_TIMESTAMP = 32_768;
export const FLAG_SEQ_ALL = 65_536;
const HEARTBEAT_AFTER_MS = 15_000;
/** A reader this far behind is cut rather than buffered for ever. */
const BUFFERED_BYTES_MAX = 16 * 1024 * 1024;

/** What a session writes to: a WebSocket of ws, or one in memory. */
export interface SessionSocket {
  readonly readyState: number;
  readonly OPEN: number;
  readonly bufferedAmount: number;
  send(text: string): void;
  terminate(): void;
  close(code: number): void;
}

export class Session {
  readonly socket: SessionSocket;
  readonly channels = new Map<number, Channel>();
  flags = 0;
  isAuthenticated = false;
  /** The exchange cancels all orders when such a socket closes. */
  isDeadMan = false;
  /** Null when everything of the account is wanted. */
  filter: ReadonlySet<string> | null = null;
  readonly #clock: Clock;
  readonly #faults: Faults;
  #accountSentAtMs = 0;
  #publicSeq = 0;
  #accountSeq = 0;

  constructor(socket: SessionSocket, clock: Clock, faults: Faults) {
    this.socket = socket;
    this.#clock = clock;
    this.#faults = faults;
  }

  sendEvent(event: object): void {
    this.sendText(JSON.stringify(event));
  }

  /** A frame of a public channel: `[id, payload]`, longer when flags ask for it. */
  sendPublic(channel: Channel, payload: unknown): void {
    channel.sentAtMs = this.#clock.monotonicMs();
    this.#publicSeq += 1;
    this.sendText(JSON.stringify([channel.id, payload, ...this.#appendix(false)]));
  }

  /** A frame of channel 0: `[0, type, payload]`. */
  sendAccount(type: string, payload?: Row): void {
    this.#accountSentAtMs = this.#clock.monotonicMs();
    this.#publicSeq += 1;
    this.#accountSeq += 1;
    const content = payload === undefined ? [type] : [type, payload];
    this.sendText(JSON.stringify([0, ...content, ...this.#appendix(true)]));
  }

  /** Sends `hb` on whatever was silent for 15 seconds. */
  heartbeat(): void {
    const now = this.#clock.monotonicMs();
    for (const channel of this.channels.values()) {
      if (now - channel.sentAtMs >= HEARTBEAT_AFTER_MS) this.sendPublic(channel, 'hb');
    }
    const isDue = now - this.#accountSentAtMs >= HEARTBEAT_AFTER_MS;
    if (this.isAuthenticated && isDue) this.sendAccount('hb');
  }

  sendText(text: string): void {
    if (this.#faults.active('ws_silent') || this.socket.readyState !== this.socket.OPEN) return;
    if (this.socket.bufferedAmount > BUFFERED_BYTES_MAX) {
      this.socket.terminate();
      return;
    }
    this.socket.send(text);
  }

  #appendix(isAccount: boolean): number[] {
    const appendix: number[] = [];
    if ((this.flags & FLAG_SEQ_ALL) !== 0) {
      appendix.push(this.#publicSeq);
      if (isAccount) appendix.push(this.#accountSeq);
    }
    if ((this.flags & FLAG_TIMESTAMP) !== 0) appendix.push(Math.round(this.#clock.now()));
    return appendix;
  }
}
