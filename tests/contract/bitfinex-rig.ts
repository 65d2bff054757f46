/** A fresh simulated exchange and a client of it, over real HTTP and WebSocket on loopback. */
import type {
  DurableIntent,
  ReducePosition,
  ReopenPosition,
  SetCollateral,
  WriteAction,
} from '../../src/core/action.ts';
import type { Decimal } from '../../src/core/decimal.ts';
import type { Position } from '../../src/core/position.ts';
import { Secret } from '../../src/core/secret.ts';
import type { PerpSymbol } from '../../src/core/symbol.ts';
import { systemClock } from '../../src/ops/clock.ts';
import type { Feed, FeedEvent } from '../../src/ports/feed.ts';
import type { Venue } from '../../src/ports/venue.ts';
import { type RunningExchange, startExchange } from '../../src/sim/exchange/index.ts';
import { type BitfinexOptions, createBitfinex } from '../../src/venues/bitfinex/index.ts';
import { MemoryCounter, MemoryLog } from '../venues/bitfinex/setup.ts';

export interface SimPositionView {
  readonly id: number;
  readonly symbol: PerpSymbol;
  readonly side: 'long' | 'short';
  readonly amount: number;
  readonly collateral: number;
  readonly collateralMin: number;
}

export interface SimStateView {
  readonly wallet: { readonly balance: number; readonly available: number };
  readonly positions: readonly SimPositionView[];
  readonly marks: Readonly<Record<string, number>>;
}

export interface SimLogView {
  readonly path: string;
  readonly method: string;
  readonly outcome: string;
  readonly body: Readonly<Record<string, unknown>> | null;
}

export class Rig {
  readonly log = new MemoryLog();
  readonly events: FeedEvent[] = [];
  readonly #exchange: RunningExchange;
  readonly #clients: { venue: Venue; feed: Feed }[] = [];
  readonly venue: Venue;
  readonly feed: Feed;
  #cid = Date.now();

  constructor(exchange: RunningExchange, options: Partial<BitfinexOptions>) {
    this.#exchange = exchange;
    ({ venue: this.venue, feed: this.feed } = this.client(options));
  }

  /** Another client of the same exchange. */
  client(options: Partial<BitfinexOptions>): { venue: Venue; feed: Feed } {
    const made = createBitfinex({
      apiKey: new Secret('demo-key'),
      apiSecret: new Secret('demo-secret'),
      restUrl: this.#exchange.url,
      publicRestUrl: this.#exchange.url,
      wsUrl: this.#exchange.wsUrl,
      publicWsUrl: this.#exchange.wsUrl,
      clock: systemClock,
      random: () => 0.5,
      log: this.log,
      counter: new MemoryCounter(),
      timeoutMs: 1_000,
      retry: { attempts: 10, baseMs: 2, maxMs: 10 },
      ...options,
    });
    this.#clients.push(made);
    return made;
  }

  async state(): Promise<SimStateView> {
    const reply = await fetch(`${this.#exchange.url}/sim/state`);
    return (await reply.json()) as SimStateView;
  }

  /** Requests received at paths that contain the text. */
  async received(path: string): Promise<SimLogView[]> {
    const reply = await fetch(`${this.#exchange.url}/sim/log?path=${encodeURIComponent(path)}`);
    return (await reply.json()) as SimLogView[];
  }

  async fault(kind: string, more: object = { count: 1 }): Promise<void> {
    await this.post('/sim/fault', { kind, ...more });
  }

  async post(path: string, body: object): Promise<void> {
    const reply = await fetch(this.#exchange.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  }

  /** The client's view of one position. */
  async position(side: Position['side'] = 'long'): Promise<Position> {
    const found = (await this.venue.positions()).find((one) => one.side === side);
    if (!found) throw new Error(`expected a ${side} position`);
    return found;
  }

  async same(position: Position): Promise<Position | undefined> {
    return (await this.venue.positions()).find(({ id }) => id === position.id);
  }

  set(position: Position, toUsd: Decimal): DurableIntent<SetCollateral> {
    return this.#intent<SetCollateral>({
      kind: 'set_collateral',
      symbol: position.symbol,
      positionId: position.id,
      fromUsd: position.collateralUsd,
      toUsd,
      trigger: 'scheduled',
    });
  }

  reduce(position: Position, quantity: Decimal): DurableIntent<ReducePosition> {
    return this.#intent<ReducePosition>({
      kind: 'reduce_position',
      symbol: position.symbol,
      positionId: position.id,
      side: position.side,
      quantity,
      positionQuantity: position.quantity,
      leverage: 5,
      trigger: 'emergency',
    });
  }

  reopen(closed: DurableIntent<ReducePosition>, quantity: Decimal, leverage = 5) {
    const { symbol, positionId, side, positionQuantity } = closed.action;
    return this.#intent<ReopenPosition>({
      kind: 'reopen_position',
      symbol,
      positionId,
      side,
      quantity,
      positionQuantity: positionQuantity.minus(closed.action.quantity),
      leverage,
      trigger: 'emergency',
      rollId: 'roll',
    });
  }

  startFeed(symbols: readonly PerpSymbol[] = []): void {
    this.feed.subscribeMarks(new Set(symbols));
    this.feed.start((event) => this.events.push(event));
  }

  told(type: FeedEvent['type']): FeedEvent[] {
    return this.events.filter((event) => event.type === type);
  }

  async close(): Promise<void> {
    for (const { feed, venue } of this.#clients) {
      await feed.close();
      await venue.close();
    }
    await this.#exchange.close();
  }

  #intent<A extends WriteAction>(action: A): DurableIntent<A> {
    this.#cid += 1;
    const createdAt = Date.now();
    const intent = {
      id: String(this.#cid),
      action,
      cid: this.#cid,
      createdAt,
      receipt: { seq: 1 },
      recalled: () => null,
    };
    return intent as unknown as DurableIntent<A>;
  }
}

export async function startRig(
  options: Partial<BitfinexOptions> = {},
  positions = 12,
): Promise<Rig> {
  const exchange = await startExchange({
    port: 0,
    seed: 7,
    scenario: 'calm',
    speed: 1,
    positions,
    clock: systemClock,
    log: new MemoryLog(),
  });
  return new Rig(exchange, options);
}
