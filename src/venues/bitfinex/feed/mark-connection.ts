/** One public connection with up to 25 status channels, from greeting to mark prices. */
import { messageOf } from '../../../core/errors.ts';
import type { Mark } from '../../../core/position.ts';
import { isSymbol, type PerpSymbol } from '../../../core/symbol.ts';
import type { Cancel, Clock, Random } from '../../../ports/clock.ts';
import type { Logger } from '../../../ports/logger.ts';
import type { SlidingWindow } from '../limits.ts';
import { decimalFromWire } from '../numbers.ts';
import type { Transport } from '../transport.ts';
import { ChannelTable } from './channel-table.ts';
import { ERROR_CODE, INFO_CODE, readEvent, type SocketEvent } from './events.ts';
import { readMarkFrame } from './mark-frame.ts';
import { ReconnectingSocket } from './socket.ts';

export interface MarkConnectionDeps {
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly budget: SlidingWindow;
  readonly connect?: Transport['socket'];
  readonly onMark: (mark: Mark) => void;
  readonly onMaintenance: (active: boolean) => void;
  readonly onBadFrame: (reason: string) => void;
  /** `state` may have changed. */
  readonly onState: (reason: string) => void;
}

/** `opening` until the first attempt has ended one way or the other. */
export type ConnectionState = 'opening' | 'up' | 'down';

const KEY_PREFIX = 'deriv:';

export class MarkConnection {
  readonly #deps: MarkConnectionDeps;
  readonly #socket: ReconnectingSocket;
  readonly #table: ChannelTable;
  #state: ConnectionState = 'opening';
  #isOpen = false;
  #symbols: ReadonlySet<PerpSymbol> = new Set();
  #cancelTimer: Cancel = () => undefined;

  constructor(deps: MarkConnectionDeps) {
    this.#deps = deps;
    this.#table = new ChannelTable(deps.random);
    this.#socket = new ReconnectingSocket({
      ...deps,
      onOpen: () => this.#onOpen(),
      onText: (text) => this.#onText(text),
      onDown: (reason) => this.#onDown(reason),
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get symbols(): ReadonlySet<PerpSymbol> {
    return this.#symbols;
  }

  /** Channels the venue still counts although they are not wanted any more. */
  get leavingCount(): number {
    return Math.max(0, this.#table.occupied - this.#symbols.size);
  }

  start(): void {
    this.#socket.start();
  }

  want(symbols: ReadonlySet<PerpSymbol>): void {
    this.#symbols = symbols;
    this.#table.want(symbols);
    this.#pump();
  }

  async close(): Promise<void> {
    this.#cancelTimer();
    await this.#socket.close();
  }

  #onOpen(): void {
    this.#isOpen = true;
    this.#table.reset();
    this.#pump();
  }

  #onDown(reason: string): void {
    this.#isOpen = false;
    this.#cancelTimer();
    this.#state = 'down';
    this.#deps.onState(reason);
  }

  #onText(text: string): void {
    const frame = readMarkFrame(text);
    switch (frame.kind) {
      case 'mark': {
        const symbol = this.#table.symbolOf(frame.chanId);
        if (symbol) this.#onMark(symbol, frame.at, frame.price);
        return;
      }
      case 'heartbeat':
        return;
      case 'other':
        this.#onSlowFrame(text);
    }
  }

  #onMark(symbol: PerpSymbol, at: number, priceText: string): void {
    const { onMark, onBadFrame } = this.#deps;
    let price: Mark['price'];
    try {
      price = decimalFromWire(priceText);
    } catch (error) {
      onBadFrame(`${symbol} mark: ${messageOf(error)}`);
      return;
    }
    if (!price.gt(0) || !Number.isSafeInteger(at) || at <= 0) {
      onBadFrame(`${symbol}: expected a mark above zero and a time, was ${priceText} at ${at}`);
      return;
    }
    onMark({ symbol, price, at });
  }

  #onSlowFrame(text: string): void {
    let event: SocketEvent;
    try {
      event = readEvent(text);
    } catch (error) {
      this.#deps.onBadFrame(messageOf(error));
      return;
    }
    this.#onEvent(event);
    this.#pump();
  }

  #onEvent(event: SocketEvent): void {
    const { clock, log } = this.#deps;
    switch (event.event) {
      case 'info':
        this.#onInfo(event.code, event.platform?.status);
        return;
      case 'subscribed': {
        const symbol = symbolOfKey(event.key);
        if (symbol) this.#table.subscribed(symbol, event.chanId);
        return;
      }
      case 'unsubscribed':
        this.#table.unsubscribed(event.chanId);
        return;
      case 'error': {
        log.warn({ key: event.key, code: event.code, msg: event.msg }, 'subscription refused');
        if (event.code === ERROR_CODE.alreadySubscribed) {
          this.#socket.restart('subscribed twice');
          return;
        }
        const symbol = symbolOfKey(event.key);
        if (symbol) this.#table.refused(symbol, clock.monotonicMs());
        if (event.code === ERROR_CODE.notSubscribed) this.#table.unsubscribed(event.chanId ?? 0);
        return;
      }
      default:
    }
  }

  #onInfo(code: number | undefined, platformStatus: number | undefined): void {
    const { clock, onMaintenance } = this.#deps;
    if (platformStatus !== undefined) onMaintenance(platformStatus === 0);
    if (code === INFO_CODE.restart) this.#socket.restart('the server restarts');
    if (code === INFO_CODE.maintenanceOn) onMaintenance(true);
    if (code === INFO_CODE.maintenanceOff) {
      this.#send(this.#table.renewAll(clock.monotonicMs()));
      onMaintenance(false);
    }
  }

  /** Sends what is due, sets the timer for what comes later and tells a change of state. */
  #pump(): void {
    if (!this.#isOpen) return;
    const { clock, onState } = this.#deps;
    this.#send(this.#table.commands(clock.monotonicMs()));
    if (!this.#isOpen) return;
    this.#cancelTimer();
    const waitMs = this.#table.nextDueMs() - clock.monotonicMs();
    if (Number.isFinite(waitMs)) {
      this.#cancelTimer = clock.after(Math.max(0, waitMs), () => this.#pump());
    }
    if (this.#state !== 'up' && this.#table.isSettled) {
      this.#state = 'up';
      onState('subscribed');
    }
  }

  #send(commands: ReturnType<ChannelTable['commands']>): void {
    for (const command of commands) {
      switch (command.kind) {
        case 'subscribe': {
          const key = KEY_PREFIX + command.symbol;
          this.#socket.send(JSON.stringify({ event: 'subscribe', channel: 'status', key }));
          break;
        }
        case 'unsubscribe':
          this.#socket.send(JSON.stringify({ event: 'unsubscribe', chanId: command.chanId }));
          break;
        case 'restart':
          this.#socket.restart(command.reason);
      }
    }
  }
}

function symbolOfKey(key: string | undefined): PerpSymbol | undefined {
  const text = key?.startsWith(KEY_PREFIX) ? key.slice(KEY_PREFIX.length) : '';
  return isSymbol(text) ? text : undefined;
}
