/** A client of the scripted server, with a clock, chance and log that a test holds in its hand. */
import type {
  DurableIntent,
  ReducePosition,
  ReopenPosition,
  SetCollateral,
  WriteAction,
} from '../../../src/core/action.ts';
import { Decimal } from '../../../src/core/decimal.ts';
import { Secret } from '../../../src/core/secret.ts';
import { parseSymbol } from '../../../src/core/symbol.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Counter } from '../../../src/ports/counter.ts';
import type { Feed, FeedEvent } from '../../../src/ports/feed.ts';
import type { Logger } from '../../../src/ports/logger.ts';
import type { Venue } from '../../../src/ports/venue.ts';
import { type BitfinexOptions, createBitfinex } from '../../../src/venues/bitfinex/index.ts';
import { FakeClock } from './fake-clock.ts';
import { API_KEY, API_SECRET, ScriptedServer } from './scripted-server.ts';

export const BTC = parseSymbol('tBTCF0:USTF0');
export const ETH = parseSymbol('tETHF0:USTF0');
export const SOL = parseSymbol('tSOLF0:USTF0');

/** A position as recorded from the live exchange: nulls at the times and the META. */
export const SOL_ROW =
  '["tSOLF0:USTF0","ACTIVE",2.5,199.4168,0,0,-30.092,-6.036000978854339,178.816140956,' +
  '7.7939570051771465,null,185729809,null,null,null,1,null,63.96519761,24.9271,null]';

export class MemoryCounter implements Counter {
  #highest = 0;

  async reserveAbove(floor: number, count: number, reach = 0) {
    const from = Math.max(this.#highest, floor) + 1;
    this.#highest = Math.max(from + count - 1, reach);
    return { from, to: this.#highest };
  }
}

export class MemoryLog implements Logger {
  readonly lines: string[] = [];

  debug = (fields: object, message: string): void => this.#write('debug', fields, message);
  info = (fields: object, message: string): void => this.#write('info', fields, message);
  warn = (fields: object, message: string): void => this.#write('warn', fields, message);
  error = (fields: object, message: string): void => this.#write('error', fields, message);
  child = (): Logger => this;

  #write(level: string, fields: object, message: string): void {
    this.lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  }
}

export interface Setup {
  readonly server: ScriptedServer;
  readonly clock: FakeClock;
  readonly log: MemoryLog;
  readonly venue: Venue;
  readonly feed: Feed;
  readonly events: FeedEvent[];
  close(): Promise<void>;
}

export interface SetupOptions extends Partial<Omit<BitfinexOptions, 'clock' | 'log'>> {
  readonly clock?: FakeClock;
}

export async function setUp(options: SetupOptions = {}): Promise<Setup> {
  const server = await new ScriptedServer().start();
  const clock = options.clock ?? new FakeClock({ skipUpToMs: 30_000 });
  const log = new MemoryLog();
  const events: FeedEvent[] = [];
  const { venue, feed } = createBitfinex(optionsFor(server, clock, log, options));
  const close = async (): Promise<void> => {
    await feed.close();
    await venue.close();
    await server.close();
  };
  return { server, clock, log, venue, feed, events, close };
}

function optionsFor(
  server: ScriptedServer,
  clock: Clock,
  log: Logger,
  options: SetupOptions,
): BitfinexOptions {
  return {
    apiKey: new Secret(API_KEY),
    apiSecret: new Secret(API_SECRET),
    restUrl: server.url,
    publicRestUrl: server.url,
    wsUrl: `${server.wsUrl}?account`,
    publicWsUrl: `${server.wsUrl}?public`,
    random: () => 0.5,
    counter: new MemoryCounter(),
    // Longer than what the clock skips, so that only a test that means to lets it pass.
    timeoutMs: 45_000,
    ...options,
    clock,
    log,
  };
}

export async function until(condition: () => boolean, what = 'the condition'): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited 5 s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function intentOf<A extends WriteAction>(action: A, createdAt: number): DurableIntent<A> {
  const intent = {
    id: '77',
    action,
    cid: 77,
    createdAt,
    receipt: { seq: 1 },
    recalled: () => null,
  };
  return intent as unknown as DurableIntent<A>;
}

export function collateralIntent(toUsd: string, changes: Partial<SetCollateral> = {}) {
  return intentOf<SetCollateral>(
    {
      kind: 'set_collateral',
      symbol: BTC,
      positionId: '1',
      fromUsd: new Decimal(100),
      toUsd: new Decimal(toUsd),
      trigger: 'scheduled',
      ...changes,
    },
    0,
  );
}

export function reopenIntent(changes: Partial<ReopenPosition> = {}, createdAt = 0, cid = 78) {
  const action: ReopenPosition = {
    kind: 'reopen_position',
    symbol: BTC,
    positionId: '1',
    side: 'long',
    quantity: new Decimal('0.5'),
    positionQuantity: new Decimal('1.5'),
    leverage: 7,
    trigger: 'emergency',
    rollId: 'plan-0',
    ...changes,
  };
  return { ...intentOf(action, createdAt), cid };
}

export function reduceIntent(changes: Partial<ReducePosition> = {}, createdAt = 0, cid = 77) {
  const action: ReducePosition = {
    kind: 'reduce_position',
    symbol: BTC,
    positionId: '1',
    side: 'long',
    quantity: new Decimal('0.5'),
    positionQuantity: new Decimal(2),
    leverage: 7,
    trigger: 'emergency',
    ...changes,
  };
  return { ...intentOf(action, createdAt), cid };
}
