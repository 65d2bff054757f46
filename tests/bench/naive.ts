/**
 * The baseline: how an earlier implementation of this kind reacted. On a move of 3 % from one tick
 * to the next it reads all positions over REST and tops up those below the emergency rate, from
 * free balance alone; whatever fails is tried again. Same client, same exchange, same shocks.
 */
import diagnostics from 'node:diagnostics_channel';
import type { DurableIntent, SetCollateral } from '../../src/core/action.ts';
import type { Decimal } from '../../src/core/decimal.ts';
import type { Position } from '../../src/core/position.ts';
import type { PerpSymbol } from '../../src/core/symbol.ts';
import type { Feed } from '../../src/ports/feed.ts';
import type { Venue } from '../../src/ports/venue.ts';

const SPIKE_SHARE = 0.03;
const EMERGENCY_RATE_PCT = 2;
const GOAL_RATE_PCT = 4;
const ATTEMPTS = 3;

export class NaiveBalancer {
  readonly #venue: Venue;
  readonly #lastPrice = new Map<PerpSymbol, Decimal>();
  readonly #noticedAt = new Map<PerpSymbol, number>();
  readonly #listener = (message: unknown): void => this.#onRequest(message);
  /** Ms from the mark that showed the danger to the first byte of the write. */
  readonly latenciesMs: number[] = [];
  #cid = Date.now() % 2 ** 40;

  constructor(venue: Venue) {
    this.#venue = venue;
  }

  async start(feed: Feed): Promise<readonly Position[]> {
    diagnostics.subscribe('undici:client:sendHeaders', this.#listener);
    const positions = await this.#venue.positions();
    feed.start((event) => {
      if (event.type !== 'mark') return;
      const { symbol, price } = event.mark;
      const last = this.#lastPrice.get(symbol);
      this.#lastPrice.set(symbol, price);
      if (!last || price.minus(last).abs().div(last).lt(SPIKE_SHARE)) return;
      this.#noticedAt.set(symbol, performance.now());
      void this.#rescue();
    });
    feed.subscribeMarks(new Set(positions.map(({ symbol }) => symbol)));
    return positions;
  }

  stop(): void {
    diagnostics.unsubscribe('undici:client:sendHeaders', this.#listener);
  }

  priceOf(symbol: PerpSymbol): Decimal | undefined {
    return this.#lastPrice.get(symbol);
  }

  async #rescue(): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      try {
        const positions = await this.#venue.positions();
        const { availableUsd } = await this.#venue.wallet();
        for (const position of positions) await this.#topUp(position, availableUsd);
        return;
      } catch {
        // Tried again, whatever it was: that is the baseline's rule.
      }
    }
  }

  async #topUp(position: Position, availableUsd: Decimal | null): Promise<void> {
    const price = this.#lastPrice.get(position.symbol);
    const presentPct = price ? ratePct(position, price) : Number.POSITIVE_INFINITY;
    if (!price || presentPct >= EMERGENCY_RATE_PCT) return;
    const missing = position.quantity.times(price).times((GOAL_RATE_PCT - presentPct) / 100);
    const toUsd = position.collateralUsd.plus(missing).toDecimalPlaces(2);
    if (availableUsd?.lt(missing)) return;
    this.#cid += 1;
    const { symbol, id: positionId, collateralUsd: fromUsd } = position;
    const action: SetCollateral = {
      ...{ kind: 'set_collateral', symbol, positionId, fromUsd, toUsd, trigger: 'emergency' },
    };
    const sent = { id: String(this.#cid), cid: this.#cid, createdAt: Date.now(), action };
    // It keeps no journal and asks no gate: the types that demand both are talked out of it here.
    const intent = { ...sent, recalled: () => null } as unknown as DurableIntent<SetCollateral>;
    await this.#venue.setCollateral(intent);
  }

  #onRequest(message: unknown): void {
    const { request } = message as { request: { path: string; body: unknown } };
    if (!request.path.endsWith('/collateral/set')) return;
    for (const [symbol, noticedAt] of this.#noticedAt) {
      if (!String(request.body).includes(symbol)) continue;
      this.#noticedAt.delete(symbol);
      this.latenciesMs.push(performance.now() - noticedAt);
    }
  }
}

/** Equity as a percentage of the position's notional at a price. */
export function ratePct(
  position: Pick<Position, 'side' | 'quantity' | 'entryPrice' | 'collateralUsd'>,
  price: Decimal,
): number {
  const sign = position.side === 'long' ? 1 : -1;
  const pnl = price.minus(position.entryPrice).times(position.quantity).times(sign);
  return position.collateralUsd.plus(pnl).div(position.quantity.times(price)).toNumber() * 100;
}
