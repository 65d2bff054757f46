/**
 * Positions and wallet as they change, on the authenticated channel. A row whose collateral is not
 * computed yet is never passed on as a number; the venue is asked to compute it instead.
 */
import { messageOf } from '../../../core/errors.ts';
import type { Position } from '../../../core/position.ts';
import { SECOND_MS } from '../../../core/time.ts';
import type { Cancel, Clock, Random } from '../../../ports/clock.ts';
import type { FeedEvent } from '../../../ports/feed.ts';
import type { Logger } from '../../../ports/logger.ts';
import type { RestClient } from '../client.ts';
import { SlidingWindow } from '../limits.ts';
import type { PositionReading } from '../rows/position.ts';
import { authFrame, type Credentials } from '../sign.ts';
import type { Transport } from '../transport.ts';
import { WireFormatError } from '../wire-json.ts';
import { type AccountFrame, isChannelFrame, readAccountFrame } from './account-frame.ts';
import { BadFrames } from './bad-frames.ts';
import { CalcDesk } from './calc-desk.ts';
import { type AuthEvent, INFO_CODE, readEvent, withdrawalRights } from './events.ts';
import type { Maintenance } from './maintenance.ts';
import { PositionGuard } from './position-guard.ts';
import { ReconnectingSocket } from './socket.ts';

export interface AccountFeedDeps {
  readonly url: string;
  readonly settleCurrency: string;
  readonly credentials: Credentials;
  readonly client: RestClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly maintenance: Maintenance;
  readonly connect?: Transport['socket'];
  readonly emit: (event: FeedEvent) => void;
}

/** The venue admits 5 new connections in 15 s; this stays below. */
const NEW_CONNECTIONS = { limit: 3, windowMs: 15 * SECOND_MS } as const;
/** How long authentication holds the lane, so that no later nonce overtakes it. */
const LANE_HOLD_MS = 2 * SECOND_MS;
const AUTH_ANSWER_MS = 10 * SECOND_MS;
const NONCE_TOO_SMALL = 10114;

export class AccountFeed {
  readonly #deps: AccountFeedDeps;
  readonly #socket: ReconnectingSocket;
  readonly #guard = new PositionGuard();
  readonly #badFrames: BadFrames;
  readonly #calc: CalcDesk;
  #told: 'up' | 'down' | null = null;
  /** Counts connections, so that an answer to an old one is not taken for the present one's. */
  #connection = 0;
  #onAuthAnswer: () => void = () => undefined;
  #cancelAuthTimer: Cancel = () => undefined;

  constructor(deps: AccountFeedDeps) {
    this.#deps = deps;
    this.#badFrames = new BadFrames('account', deps.clock, deps.log, deps.emit);
    this.#socket = new ReconnectingSocket({
      ...deps,
      budget: new SlidingWindow(NEW_CONNECTIONS.limit, NEW_CONNECTIONS.windowMs),
      onOpen: () => this.#onOpen(),
      onText: (text) => this.#onText(text),
      onDown: (reason) => this.#onDown(reason),
    });
    this.#calc = new CalcDesk(deps.clock, (text) => this.#socket.send(text));
  }

  start(): void {
    this.#socket.start();
  }

  async close(): Promise<void> {
    this.#cancelAuthTimer();
    this.#onAuthAnswer();
    await this.#socket.close();
  }

  #onOpen(): void {
    this.#connection += 1;
    this.#guard.reset();
    const connection = this.#connection;
    this.#deps.client
      .inNonceOrder((nonce, signal) => this.#authenticate(connection, nonce, signal))
      .catch((error) => this.#socket.restart(`not authenticated: ${messageOf(error)}`));
  }

  /** Sends the auth frame and keeps the lane until it is answered or something urgent waits. */
  async #authenticate(connection: number, nonce: number, signal: AbortSignal): Promise<void> {
    const { clock, credentials } = this.#deps;
    if (connection !== this.#connection) return;
    if (!this.#socket.send(authFrame(credentials, nonce))) return;
    this.#cancelAuthTimer();
    this.#cancelAuthTimer = clock.after(AUTH_ANSWER_MS, () =>
      this.#socket.restart('authentication was not answered'),
    );
    await new Promise<void>((resolve) => {
      const cancel = clock.after(LANE_HOLD_MS, resolve);
      this.#onAuthAnswer = () => {
        cancel();
        resolve();
      };
      signal.addEventListener('abort', this.#onAuthAnswer, { once: true });
    });
  }

  #onDown(reason: string): void {
    this.#cancelAuthTimer();
    this.#onAuthAnswer();
    this.#connection += 1;
    if (this.#told === 'down') return;
    this.#told = 'down';
    this.#deps.emit({ type: 'down', channel: 'account', reason });
  }

  #onText(text: string): void {
    try {
      if (!isChannelFrame(text)) this.#onEvent(text);
      // Until the rights are checked nothing is taken from this connection.
      else if (this.#told === 'up') {
        this.#onFrame(readAccountFrame(text, this.#deps.settleCurrency));
      }
    } catch (error) {
      if (!(error instanceof WireFormatError)) throw error;
      this.#badFrames.report(messageOf(error));
    }
  }

  #onEvent(text: string): void {
    const { log, maintenance } = this.#deps;
    const event = readEvent(text);
    switch (event.event) {
      case 'auth':
        this.#onAuth(event);
        return;
      case 'info':
        if (event.platform) maintenance.set(this, event.platform.status === 0);
        if (event.code === INFO_CODE.restart) this.#socket.restart('the server restarts');
        if (event.code === INFO_CODE.maintenanceOn) maintenance.set(this, true);
        if (event.code === INFO_CODE.maintenanceOff) {
          maintenance.set(this, false);
          // A new connection brings new snapshots of positions and wallets.
          this.#socket.restart('maintenance is over');
        }
        return;
      case 'error':
        log.warn({ code: event.code, msg: event.msg }, 'account channel error');
        return;
      default:
    }
  }

  #onAuth(event: AuthEvent): void {
    const { log, emit } = this.#deps;
    this.#cancelAuthTimer();
    this.#onAuthAnswer();
    if (event.status !== 'OK') {
      const reason = `authentication failed: ${event.code ?? 'no code'} ${event.msg ?? ''}`.trim();
      log.error({ code: event.code, msg: event.msg }, 'account channel refused the key');
      const isNonce = event.code === NONCE_TOO_SMALL;
      if (isNonce) this.#deps.client.nonceRefused();
      this.#socket.restart(reason, !isNonce);
      return;
    }
    const rights = withdrawalRights(event.caps);
    if (rights.length > 0) {
      log.error({ rights }, 'the API key may withdraw: account channel closed');
      this.#socket.restart(`the API key has the right ${rights.join(', ')}`, true);
      return;
    }
    this.#told = 'up';
    emit({ type: 'up', channel: 'account' });
  }

  #onFrame(frame: AccountFrame): void {
    switch (frame.kind) {
      case 'snapshot':
        this.#onSnapshot(frame.readings, frame.unreadable);
        return;
      case 'update':
        this.#onReading(frame.reading, frame.isNew);
        return;
      case 'wallet': {
        const { wallet } = frame;
        this.#deps.emit({ type: 'wallet', wallet });
        if (wallet.availableUsd === null) this.#calc.ask(`wallet_margin_${wallet.currency}`);
        return;
      }
      case 'other':
    }
  }

  /** A snapshot with a gap in it must not be taken for the whole book. */
  #onSnapshot(readings: readonly PositionReading[], unreadable: readonly string[]): void {
    this.#guard.reset();
    for (const reason of unreadable) this.#badFrames.report(reason);
    const isWhole = unreadable.length === 0 && readings.every(({ kind }) => kind !== 'incomplete');
    if (!isWhole) {
      for (const reading of readings) this.#onReading(reading, true);
      return;
    }
    const positions: Position[] = [];
    for (const reading of readings) {
      if (reading.kind !== 'position') continue;
      this.#guard.admits(reading.position.id, reading.updatedAt);
      positions.push(reading.position);
    }
    this.#deps.emit({ type: 'positions', positions });
  }

  #onReading(reading: PositionReading, isNew: boolean): void {
    const { emit, log } = this.#deps;
    switch (reading.kind) {
      case 'position': {
        const { position, updatedAt } = reading;
        if (isNew) this.#guard.open(position.id);
        if (this.#guard.admits(position.id, updatedAt)) emit({ type: 'position', position });
        return;
      }
      case 'closed': {
        const { symbol, positionId } = reading;
        this.#guard.close(positionId);
        emit({ type: 'position_closed', symbol, positionId });
        return;
      }
      case 'incomplete':
        log.debug({ symbol: reading.symbol }, 'collateral not computed yet, asking for it');
        this.#calc.ask(`position_${reading.symbol}`);
        return;
      case 'foreign':
    }
  }
}
