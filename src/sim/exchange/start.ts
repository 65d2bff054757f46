/** Putting the simulator together and keeping it running in real time. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { BallastError } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import { listen } from '../listen.ts';
import { longShare, Prng, type Scenario } from '../market/index.ts';
import {
  advance,
  createWorld,
  makePortfolio,
  replaceBook,
  type World,
  type WorldEvent,
  type WorldRules,
} from './core/index.ts';
import { Faults } from './faults.ts';
import { createExchangeServer } from './http/server.ts';
import { makeMarket } from './make-market.ts';
import { RequestLog } from './request-log.ts';
import { Keys } from './rest/keys.ts';
import { RequestLimits } from './rest/limits.ts';
import { Rhythm } from './rhythm.ts';
import type { Venue } from './venue.ts';
import { Hub } from './ws/hub.ts';

export interface ExchangeOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: '127.0.0.1';
  readonly seed: number;
  readonly scenario: Scenario;
  /** How many times faster than written the scenario's story goes; 1 when not given. */
  readonly pace?: number;
  /** Market time per real time. */
  readonly speed: number;
  readonly positions?: number;
  /** Recorded candles in place of the generated market. */
  readonly candlesDir?: string;
  /** Free balance as a share of equity. */
  readonly freeShare?: number;
  /** Notional by equity of the whole account. */
  readonly leverage?: number;
  readonly rules?: Partial<WorldRules>;
  /** Mark frames a second over all channels together; without it each channel gets four. */
  readonly framesPerSecond?: number;
  /** How many times the documented request limits are admitted; 1 when not given. */
  readonly limitFactor?: number;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface RunningExchange {
  readonly url: string;
  readonly wsUrl: string;
  readonly world: World;
  close(): Promise<void>;
}

const POSITIONS_DEFAULT = 24;
const FREE_SHARE_DEFAULT = 0.1;
const LEVERAGE_DEFAULT = 9;
/** Events nobody has fetched yet; flushed many times a second, so this only bounds the absurd. */
const EVENTS_MAX = 100_000;

/** @throws when the port is taken, an option is absurd or candle files cannot be used. */
export async function startExchange(options: ExchangeOptions): Promise<RunningExchange> {
  const { clock, speed, seed } = options;
  assertOptions(options);
  const startAt = clock.now();
  const startMs = clock.monotonicMs();
  const positions = options.positions ?? POSITIONS_DEFAULT;
  const { market, candles } = await makeMarket({ ...options, positions }, startAt);
  const events: WorldEvent[] = [];
  const world = createWorld({
    market,
    seed,
    candles,
    wireTime: (at) => startAt + (at - startAt) / speed,
    emit: (event) => {
      if (events.length < EVENTS_MAX) events.push(event);
    },
    ...(options.rules ? { rules: options.rules } : {}),
  });
  fillBook(world, options, positions);
  events.length = 0;
  const catchUp = (): void => advance(world, startAt + (clock.monotonicMs() - startMs) * speed);
  const venue: Venue = {
    world,
    speed,
    seed,
    scenario: options.candlesDir === undefined ? options.scenario : 'recorded',
    clock,
    log: options.log,
    faults: new Faults(clock),
    keys: new Keys(),
    limits: new RequestLimits(clock, options.limitFactor),
    requests: new RequestLog(),
    catchUp,
    flush: () => hub.broadcast(events.splice(0)),
  };
  const hub = new Hub(venue);
  const server = createExchangeServer(venue, hub);
  hub.attach(server);
  await listen(server, {
    port: options.port,
    host: options.host ?? '127.0.0.1',
    what: 'the simulated exchange',
    variable: 'DEMO_EXCHANGE_PORT',
    key: 'simulator.port',
  });
  const { port } = server.address() as AddressInfo;
  const rhythm = new Rhythm(venue, hub, options.framesPerSecond);
  return {
    url: `http://127.0.0.1:${port}`,
    wsUrl: `ws://127.0.0.1:${port}/ws/2`,
    world,
    async close() {
      rhythm.stop();
      hub.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function fillBook(world: World, options: ExchangeOptions, positions: number): void {
  const { entries, freeUsd } = makePortfolio({
    contracts: world.market.contracts,
    marks: world.marks,
    positions,
    longShare: longShare(options.scenario),
    leverage: options.leverage ?? LEVERAGE_DEFAULT,
    freeShare: options.freeShare ?? FREE_SHARE_DEFAULT,
    random: new Prng(options.seed, 'portfolio'),
  });
  replaceBook(world, entries, freeUsd);
}

function assertOptions({ speed, positions, freeShare, leverage }: ExchangeOptions): void {
  const isSane =
    speed > 0 &&
    (positions === undefined || (Number.isInteger(positions) && positions >= 0)) &&
    (freeShare === undefined || (freeShare >= 0 && freeShare < 1)) &&
    (leverage === undefined || (leverage >= 0.1 && leverage <= 100));
  if (isSane) return;
  const was = JSON.stringify({ speed, positions, freeShare, leverage });
  throw new BallastError(`expected speed > 0, 0 ≤ freeShare < 1, leverage ≤ 100, was ${was}`);
}
