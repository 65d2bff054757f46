import type {
  DurableIntent,
  OrderAction,
  ReducePosition,
  ReopenPosition,
  SentIntent,
  SetCollateral,
} from '../../src/core/action.ts';
import { Decimal } from '../../src/core/decimal.ts';
import { confirmed, denied, type Outcome, rejected } from '../../src/core/outcome.ts';
import type {
  Candle,
  CollateralLimits,
  Mark,
  PairRules,
  Position,
  Wallet,
} from '../../src/core/position.ts';
import { type PerpSymbol, parseSymbol } from '../../src/core/symbol.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { type OrderEvidence, type Venue, VenueReadError } from '../../src/ports/venue.ts';

export interface Holding {
  readonly base: string;
  readonly side?: 'long' | 'short';
  readonly quantity: number;
  readonly entry: number;
  readonly collateral: number;
}

export type Write = {
  readonly kind: 'set' | 'reduce' | 'reopen';
  readonly symbol: string;
  readonly amount: string;
};
/**
 * What happens to the next write: answered, refused for its amount or for another reason, or its
 * reply lost with or without effect.
 */
export type Fate = 'confirm' | 'reject' | 'reject_for_now' | 'lose_reply' | 'lose_request';

/** An exchange in memory behind the same port: a few positions, one wallet, scripted fates. */
export class MemoryVenue implements Venue {
  readonly name = 'memory';
  readonly writes: Write[] = [];
  readonly fates: Fate[] = [];
  readonly prices = new Map<PerpSymbol, Decimal>();
  readonly #positions = new Map<PerpSymbol, Position>();
  readonly #filled = new Map<number, Decimal>();
  available: Decimal | null;
  operative = true;
  /** When set, every read fails with it. */
  readFailure: string | null = null;
  /** What the limit of writes admits. */
  writesAdmitted = 90;
  /** When set, the list of positions is held back until it is resolved. */
  positionsHeld: Promise<void> | null = null;
  /** The same for the wallet and for the limits of collateral. */
  walletHeld: Promise<void> | null = null;
  limitsHeld: Promise<void> | null = null;
  /** When set, writes wait in line until it is resolved; then they are asked if they still go. */
  lineHeld: Promise<void> | null = null;
  /** The history of prices; none unless a test brings one. */
  candles: (symbol: PerpSymbol, days: number) => readonly Candle[] = () => [];
  /** Limits of collateral that the list of positions does not show. */
  readonly minimums = new Map<PerpSymbol, Decimal>();
  /** Failing reads say that the key is the reason. */
  keyRejected = false;
  /** Closing pays its share of collateral and result into the free balance. */
  settles = false;
  /** What an order fills of its quantity, as a share; the rest is cancelled. */
  readonly fillShares: number[] = [];
  /** When set, the line stays dead for reads after a lost reply or request. */
  /** Orders are carried out and shown nowhere. */
  hidesOrders = false;
  deadAfterLoss = false;
  /** How often the account was asked for. */
  accountReads = 0;
  #marksRead = 0;

  constructor(
    readonly clock: Clock,
    holdings: readonly Holding[],
    available: number,
  ) {
    this.available = new Decimal(available);
    for (const [i, holding] of holdings.entries()) this.hold(holding, String(i + 1));
  }

  hold(holding: Holding, id: string): void {
    const symbol = symbolOf(holding.base);
    this.prices.set(symbol, new Decimal(holding.entry));
    this.#positions.set(symbol, {
      id,
      symbol,
      side: holding.side ?? 'long',
      quantity: new Decimal(holding.quantity),
      entryPrice: new Decimal(holding.entry),
      collateralUsd: new Decimal(holding.collateral),
      collateralMinUsd: new Decimal(holding.quantity).times(holding.entry).times(0.01),
      liquidationPrice: null,
      leverage: null,
    });
  }

  /** Somebody else moves collateral on the website. */
  recollateralise(base: string, usd: number): void {
    const held = this.#positions.get(symbolOf(base));
    if (held) this.#positions.set(held.symbol, { ...held, collateralUsd: new Decimal(usd) });
  }

  /** Somebody else makes a position smaller or larger. */
  resize(base: string, quantity: number): void {
    const held = this.#positions.get(symbolOf(base));
    if (held) this.#positions.set(held.symbol, { ...held, quantity: new Decimal(quantity) });
  }

  drop(base: string): void {
    this.#positions.delete(symbolOf(base));
  }

  position(base: string): Position | undefined {
    return this.#positions.get(symbolOf(base));
  }

  async checkKey() {
    return { warnings: [] };
  }

  async isOperative(): Promise<boolean> {
    this.#mayRead('platform');
    return this.operative;
  }

  async pairRules(): Promise<ReadonlyMap<PerpSymbol, PairRules>> {
    this.#mayRead('conf');
    const rules = [...this.#positions.keys()].map((symbol): [PerpSymbol, PairRules] => [
      symbol,
      {
        symbol,
        initialRate: new Decimal('0.01'),
        maintenanceRate: new Decimal('0.005'),
        minQuantity: new Decimal('0.0001'),
        maxQuantity: new Decimal(1e6),
      },
    ]);
    return new Map(rules);
  }

  async positions(): Promise<readonly Position[]> {
    this.#mayRead('positions');
    this.accountReads += 1;
    const listed = [...this.#positions.values()];
    await this.positionsHeld;
    return listed;
  }

  async wallet(): Promise<Wallet> {
    this.#mayRead('wallets');
    await this.walletHeld;
    return { currency: 'USTF0', balanceUsd: new Decimal(0), availableUsd: this.available };
  }

  async marks(symbols: readonly PerpSymbol[]): Promise<readonly Mark[]> {
    this.#mayRead('marks');
    this.#marksRead += 1;
    const at = this.clock.now() + this.#marksRead / 1e6;
    return symbols.map((symbol) => ({
      symbol,
      price: this.prices.get(symbol) ?? new Decimal(1),
      at,
    }));
  }

  async collateralLimits(symbol: PerpSymbol): Promise<CollateralLimits> {
    this.#mayRead('limits');
    await this.limitsHeld;
    const shown = this.#positions.get(symbol)?.collateralMinUsd ?? new Decimal(0);
    const minUsd = this.minimums.get(symbol) ?? shown;
    return { minUsd, maxUsd: new Decimal(1e9) };
  }

  async dailyCandles(symbol: PerpSymbol, days: number): Promise<readonly Candle[]> {
    return this.candles(symbol, days);
  }

  async setCollateral(intent: DurableIntent<SetCollateral>): Promise<Outcome> {
    const { symbol, toUsd } = intent.action;
    await this.lineHeld;
    const reason = intent.recalled();
    if (reason !== null) return denied(reason);
    this.writes.push({ kind: 'set', symbol, amount: toUsd.toFixed() });
    return this.#fate(() => {
      const position = this.#positions.get(symbol);
      if (!position) return rejected('10001', 'position not found');
      const rise = toUsd.minus(position.collateralUsd);
      if (rise.gt(this.available ?? 0)) return rejected('10001', 'not enough balance');
      this.available = (this.available ?? new Decimal(0)).minus(rise);
      this.#positions.set(symbol, { ...position, collateralUsd: toUsd });
      return confirmed();
    });
  }

  async reducePosition(intent: DurableIntent<ReducePosition>): Promise<Outcome> {
    const { symbol, quantity } = intent.action;
    this.writes.push({ kind: 'reduce', symbol, amount: quantity.toFixed() });
    return this.#fate(() => {
      const position = this.#positions.get(symbol);
      if (!position || quantity.gt(position.quantity)) return rejected('flip', 'would flip');
      const filled = quantity.times(this.fillShares.shift() ?? 1);
      this.#filled.set(intent.cid, filled);
      const left = position.quantity.minus(filled);
      const collateralUsd = position.collateralUsd.times(left).div(position.quantity);
      const kept = this.settles ? { ...position, collateralUsd } : position;
      if (this.settles) this.#settle(position, filled);
      if (left.isZero()) this.#positions.delete(symbol);
      else this.#positions.set(symbol, { ...kept, quantity: left });
      return confirmed();
    });
  }

  async reopenPosition(intent: DurableIntent<ReopenPosition>): Promise<Outcome> {
    const { symbol, quantity, side, leverage } = intent.action;
    this.writes.push({ kind: 'reopen', symbol, amount: quantity.toFixed() });
    return this.#fate(() => {
      const filled = quantity.times(this.fillShares.shift() ?? 1);
      const price = this.prices.get(symbol) ?? new Decimal(1);
      const marginUsd = filled.times(price).div(leverage);
      if (marginUsd.gt(this.available ?? 0)) return rejected('10001', 'not enough balance');
      this.available = (this.available ?? new Decimal(0)).minus(marginUsd);
      this.#filled.set(intent.cid, filled);
      const held = this.#positions.get(symbol);
      const entryUsd = held ? held.quantity.times(held.entryPrice) : new Decimal(0);
      const total = filled.plus(held?.quantity ?? 0);
      this.#positions.set(symbol, {
        id: held?.id ?? `${intent.cid}`,
        symbol,
        side,
        quantity: total,
        entryPrice: entryUsd.plus(filled.times(price)).div(total),
        collateralUsd: marginUsd.plus(held?.collateralUsd ?? 0),
        collateralMinUsd: total.times(price).times(0.01),
        liquidationPrice: null,
        leverage: null,
      });
      return confirmed();
    });
  }

  async orderEvidence({ action, cid }: SentIntent<OrderAction>): Promise<OrderEvidence> {
    this.#mayRead('orders');
    const filled = this.hidesOrders ? undefined : this.#filled.get(cid);
    if (!filled) return { state: 'not_found' };
    const averagePrice = this.prices.get(action.symbol) ?? new Decimal(1);
    const state = filled.lt(action.quantity) ? 'partly_filled' : 'filled';
    return { state, filled, averagePrice };
  }

  failuresInARow(): number {
    return this.readFailure ? 10 : 0;
  }

  writesLeft(): number {
    return this.writesAdmitted;
  }

  async close(): Promise<void> {}

  #settle({ symbol, side, quantity, entryPrice, collateralUsd }: Position, closed: Decimal): void {
    const price = this.prices.get(symbol) ?? entryPrice;
    const result = price
      .minus(entryPrice)
      .times(closed)
      .times(side === 'long' ? 1 : -1);
    const releasedUsd = collateralUsd.times(closed).div(quantity);
    this.available = (this.available ?? new Decimal(0)).plus(releasedUsd).plus(result);
  }

  #fate(effect: () => Outcome): Outcome {
    const fate = this.fates.shift() ?? 'confirm';
    if (this.deadAfterLoss && fate.startsWith('lose')) this.readFailure = 'connection lost';
    if (fate === 'reject') return rejected('10001', 'refused by script', true);
    if (fate === 'reject_for_now') return rejected('rate_limited', 'refused by script');
    if (fate === 'lose_request') return { kind: 'unknown', reason: 'timed out' };
    const outcome = effect();
    return fate === 'lose_reply' ? { kind: 'unknown', reason: 'timed out' } : outcome;
  }

  #mayRead(call: string): void {
    const { readFailure, keyRejected } = this;
    if (readFailure) throw new VenueReadError(call, 10, readFailure, { keyRejected });
  }
}

export function symbolOf(base: string): PerpSymbol {
  return parseSymbol(`t${base}F0:USTF0`);
}
