/** One world around the service: market, exchange, line, disk, people and checkers. */

import { z } from 'zod';
import type { WireRequest } from '../../venues/bitfinex/index.ts';
import { makePortfolio, type WorldEvent } from '../exchange/core/index.ts';
import { contractTable, longShare, Prng } from '../market/index.ts';
import { AnswerWatch } from './answer-watch.ts';
import { ChatActor } from './chat-actor.ts';
import { ChatButtons } from './chat-buttons.ts';
import { ChatPapers } from './chat-papers.ts';
import type { Draw } from './draw.ts';
import { Exchange, type Past, type WatchedMarket } from './exchange.ts';
import { IntentBook, ORDER_PATH, SET_PATH } from './intent-book.ts';
import { JournalWatch } from './journal-watch.ts';
import type { Life } from './life.ts';
import { drawEvents, EventfulMarket } from './markets.ts';
import { Network, type NetworkTrouble, type NetworkWatch, noTrouble } from './network.ts';
import { CUT_WITHOUT_CONSENT, DRY_RUN, PermissionBook } from './permission-book.ts';
import { PlanFold } from './plan-fold.ts';
import { PostureFold } from './posture-fold.ts';
import { ProfileFold } from './profile-fold.ts';
import { RateBook } from './rate-book.ts';
import { Report } from './report.ts';
import { RollBook } from './roll-book.ts';
import { RuleBook } from './rule-book.ts';
import { SettingsFold } from './settings-fold.ts';
import { SimDisk } from './sim-disk.ts';
import type { WallClock } from './sim-process.ts';
import { TicketBook } from './ticket-book.ts';
import { VirtualTime } from './virtual-time.ts';
import { type bookOf, WebsiteHand } from './website-hand.ts';
import { WeightFold } from './weight-fold.ts';

/** A Monday at noon, UTC. */
export const START_AT = Date.UTC(2026, 0, 5, 12);

/** Where a crash may be planned to happen. */
export type CrashPoint = 'append' | 'sync' | 'send' | 'arrived' | 'replied';

/** Pairs that the account does not hold at the beginning. */
const SPARE_CONTRACTS = 4;

const STORM_PER_HOUR = 5;

const writeBody = z.object({ symbol: z.string() });

export interface Loss {
  readonly symbol: string;
  readonly at: number;
  /** What was in the position. */
  readonly collateralUsd: number;
}

export interface StageOptions {
  readonly draw: Draw;
  readonly startAt: number;
  readonly market: WatchedMarket;
  readonly book: ReturnType<typeof bookOf>;
  readonly past?: Past;
  readonly life: () => Life | null;
  readonly isQuiet: () => boolean;
  /** Something happened at which a crash may have been planned. */
  readonly onPoint: (point: CrashPoint) => void;
}

export class Stage {
  readonly time = new VirtualTime();
  readonly report = new Report(this.time);
  readonly trouble: NetworkTrouble = noTrouble();
  readonly wall: WallClock;
  readonly exchange: Exchange;
  readonly hand: WebsiteHand;
  readonly network: Network;
  readonly disk: SimDisk;
  readonly actor: ChatActor;
  readonly permissions = new PermissionBook(this.report, this.time);
  readonly answers = new AnswerWatch(this.time);
  readonly intents = new IntentBook(this.report, this.time, this.answers, (intent) =>
    this.permissions.onEnd(intent),
  );
  readonly rolls = new RollBook(this.report, this.time, this.permissions);
  readonly rates = new RateBook(this.report, this.time);
  readonly settings = new SettingsFold();
  readonly postures = new PostureFold(this.intents);
  readonly profiles = new ProfileFold();
  readonly plans = new PlanFold();
  readonly weights = new WeightFold();
  readonly tickets = new TicketBook(this.report);
  readonly rules: RuleBook;
  readonly losses: Loss[] = [];
  /** When the account last changed, by whomever. */
  changedAt = 0;
  /** Of these the next so many meet a hand: orders are rarer and wait for theirs. */
  readonly #races = new Map([SET_PATH, ORDER_PATH].map((path) => [path, 0]));
  readonly deadLinks = new Set<object>();

  constructor(options: StageOptions) {
    const { draw, startAt, market, book, past, life, isQuiet, onPoint } = options;
    const { time, report } = this;
    const random = new Prng(draw.seed, 'stage');
    this.wall = { startAt, skewMs: 0 };
    const { wall, settings, rolls } = this;
    this.rules = new RuleBook({ report, time, wall, base: draw.settings, settings, rolls });
    this.exchange = new Exchange({
      time,
      startAt,
      market,
      seed: draw.seed,
      book,
      ...(past ? { past } : {}),
      marks: report.marks,
      log: quietLog,
      onEvent: (event) => this.#onEvent(event),
    });
    const { world } = this.exchange;
    this.hand = new WebsiteHand(world, random.stream('hand'), (symbol) => {
      this.intents.touched(symbol);
    });
    const journal = new JournalWatch(report, (record) => {
      for (const fold of [this.settings, this.profiles, this.plans, this.weights, this.tickets]) {
        fold.onRecord(record);
      }
      const intent = this.intents.onRecord(record, world);
      this.rules.onRecord(record);
      this.postures.onRecord(record);
      if (!intent || !this.rules.isStarted) return;
      this.permissions.onIntent(intent);
      this.rolls.onIntent(intent);
      this.rules.onIntent(intent);
    });
    this.disk = new SimDisk(time, random.stream('disk'), {
      onDurable: (path, bytes) => journal.onDurable(path, bytes),
      onOperation: (operation) => {
        if (operation === 'append' || operation === 'sync') onPoint(operation);
      },
    });
    this.network = new Network({
      time,
      random: random.stream('network'),
      exchange: this.exchange,
      trouble: this.trouble,
      marks: report.marks,
      dead: this.deadLinks,
      watch: this.#watch(random, onPoint),
    });
    const { permissions } = this;
    const actorRandom = random.stream('actor');
    const people = { time, permissions, report, life, isQuiet, tickets: this.tickets };
    this.actor = new ChatActor({ ...people, random: actorRandom });
    new ChatPapers({ ...people, random: random.stream('papers') });
    new ChatButtons({ ...people, random: random.stream('buttons') });
    if (draw.settings.liquidation.dry_run) permissions.forbid(DRY_RUN);
    if (draw.settings.liquidation.require_confirmation) permissions.forbid(CUT_WITHOUT_CONSENT);
  }

  /** The next write meets somebody else's hand on its way, and half of those stay unanswered. */
  race(): void {
    for (const [path, count] of this.#races) this.#races.set(path, count + 1);
  }

  /** Races that no write has met by now are over. */
  endRaces(): void {
    for (const path of this.#races.keys()) this.#races.set(path, 0);
  }

  /** Everybody who looks at the line. */
  #watch(random: Prng, onPoint: (point: CrashPoint) => void): NetworkWatch {
    const { report, exchange } = this;
    return {
      onSend: (request) => {
        report.event(`send ${request.path} ${request.body ?? ''}`);
        this.intents.onSend(request);
        this.rates.onSend(request);
        this.rules.onSend(request, exchange.world);
        this.#raceAgainst(request, random);
        onPoint('send');
      },
      onArrived: () => onPoint('arrived'),
      onReply: (request, ending) => {
        const said = ending.kind === 'reply' ? `${ending.reply.status}` : ending.kind;
        report.event(`reply ${request.path} ${said}`);
        this.intents.onReply(request, ending);
        this.rules.onReply(request, ending);
        onPoint('replied');
      },
      onEnd: (request, reply, tookMs) => this.answers.onEnd(request, reply, tookMs),
    };
  }

  #raceAgainst({ path, body }: WireRequest, random: Prng): void {
    const kind = [...this.#races.keys()].find((one) => path.endsWith(one)) ?? '';
    const left = this.#races.get(kind) ?? 0;
    if (left === 0) return;
    this.#races.set(kind, left - 1);
    this.hand.race(writeBody.parse(JSON.parse(body ?? '{}')).symbol);
    if (random.next() < 0.5) this.exchange.faults.add({ kind: 'timeout_after', path });
  }

  #onEvent(event: WorldEvent): void {
    this.changedAt = this.time.at;
    // The book of the start is put in place before there is a hand.
    if (!this.hand || this.hand.isActing) return;
    if (event.type === 'position') {
      const { position, reason } = event;
      const { symbol } = position.contract;
      if (reason === 'COLLATERAL') this.intents.onCollateral(symbol, position.collateral.units);
      else if (reason !== 'TRADE') this.intents.touched(symbol);
    } else if (event.type === 'order' && event.change === 'new') {
      const symbol = this.exchange.world.market.contracts[event.order.index]?.symbol ?? '';
      this.intents.onOrder(event.order, symbol);
    } else if (event.type === 'trade') {
      this.intents.onTrade(event.trade);
      this.rolls.onTrade(event.trade);
    } else if (event.type === 'liquidation' && event.liquidation.kind === 'liquidation') {
      const { symbol, collateralUsd } = event.liquidation;
      this.losses.push({ symbol, at: this.time.at, collateralUsd });
      this.report.event(`liquidated ${symbol}`);
      this.report.marks.hit('liquidated');
    }
  }
}

/** The market and the book that a seed begins with. */
export function openingOf(draw: Draw): {
  readonly market: EventfulMarket;
  readonly book: ReturnType<typeof bookOf>;
} {
  const random = new Prng(draw.seed, 'opening');
  const contracts = contractTable(draw.positions).slice(0, draw.positions + SPARE_CONTRACTS);
  const common = { contracts, startAt: START_AT };
  const { strength } = draw;
  const eventful = { contracts: contracts.length, untilAt: START_AT + draw.endMs - 10 * 60_000 };
  const events = drawEvents({
    ...eventful,
    random: random.stream('events'),
    fromAt: START_AT + 10 * 60_000,
    perHour: draw.eventsPerHour,
    strength,
  });
  // The last stretch, in which the service has a twin, is worth comparing only in a storm.
  const storm = drawEvents({
    ...eventful,
    random: random.stream('storm'),
    fromAt: START_AT + draw.quietAtMs + 20 * 60_000,
    perHour: STORM_PER_HOUR,
    strength,
  });
  const { scenario } = draw;
  const path = { ...common, random: random.stream('path'), scenario };
  const market = new EventfulMarket({ ...path, events: [...events, ...storm] });
  const book = makePortfolio({
    contracts,
    marks: market.prices,
    positions: draw.positions,
    longShare: longShare(scenario),
    leverage: draw.leverage,
    freeShare: draw.freeShare,
    random: random.stream('book'),
  });
  return { market, book: { entries: [...book.entries], freeUsd: book.freeUsd } };
}

const quietLog = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => quietLog,
};
