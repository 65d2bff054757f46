/**
 * Keeps each symbol's risk weight: configured, else measured from daily candles, else the last
 * known one, else 1 with a word about it. Measuring is slow and never in the way of a decision.
 */
import { messageOf } from '../core/errors.ts';
import { baseOf, type PerpSymbol } from '../core/symbol.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../core/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import type { Logger } from '../ports/logger.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Venue } from '../ports/venue.ts';
import {
  type BalancerSettings,
  measuredWeight,
  resolveWeights,
} from '../systems/balancer/index.ts';
import type { Ledger } from './ledger.ts';
import { RECORD } from './records.ts';
import type { Recovered } from './recovery.ts';

export interface WeightsKeeperDeps {
  readonly venue: Venue;
  readonly ledger: Ledger;
  readonly settings: () => BalancerSettings;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly recovered: Pick<Recovered, 'weights' | 'lastAt'>;
  readonly notifier: Notifier;
  readonly log: Logger;
  /** True while any price moved more than the spike threshold. */
  readonly isViolent: () => boolean;
  /** Called once, when the first measurement has ended. */
  readonly onReady: () => void;
}

const VIOLENT_REFRESH_MS = 10 * MINUTE_MS;
/** The venue admits few candle requests a minute, and the last run may have used them up. */
const REST_AFTER_START_MS = MINUTE_MS + SECOND_MS;
/** A run that wrote its last record longer ago than this was not measuring when it ended. */
const MEASURING_MAX_MS = 15 * MINUTE_MS;

export class WeightsKeeper {
  readonly #deps: WeightsKeeperDeps;
  readonly #lastKnown = new Map<PerpSymbol, number>();
  #measured = new Map<PerpSymbol, number>();
  #measuredAt: number | null = null;
  #running: Promise<void> | null = null;
  #told = new Set<PerpSymbol>();
  #hasMeasured = false;
  #restUntilMs = 0;
  #written = '';

  constructor(deps: WeightsKeeperDeps) {
    this.#deps = deps;
    this.#resume(deps.recovered);
  }

  /** True once measuring has ended the first time, whether or not candles were to be had. */
  get isReady(): boolean {
    return this.#measuredAt !== null;
  }

  /** Starts a refresh in the background when it is due, or when a symbol has no weight yet. */
  refreshIfDue(): void {
    if (this.#running || !this.#isDue()) return;
    this.#running = this.#refresh()
      .catch((error) => {
        this.#deps.log.warn({ reason: messageOf(error) }, 'weights not measured');
      })
      .finally(() => {
        this.#running = null;
      });
  }

  async settled(): Promise<void> {
    await this.#running;
  }

  /** Applies configured, measured and last known weights to the positions held now. */
  apply(): void {
    const { ledger, settings, clock, notifier } = this.#deps;
    const symbols = ledger.symbols();
    const resolved = resolveWeights(
      symbols,
      settings().risk_weights,
      this.#measured,
      this.#lastKnown,
    );
    ledger.setWeights(resolved);
    const defaulted = symbols.filter((symbol) => resolved.get(symbol)?.source === 'default');
    const untold = defaulted.filter((symbol) => !this.#told.has(symbol));
    // Before the first measurement everything is at its default; that is no news.
    if (untold.length > 0 && this.#hasMeasured) {
      notifier.notify({ type: 'weights_unknown', at: clock.now(), symbols: untold });
      this.#told = new Set(defaulted);
    }
  }

  /** Goes on with what the last run measured, so that restarts in a row ask for nothing twice. */
  #resume({ weights, lastAt }: WeightsKeeperDeps['recovered']): void {
    const { clock } = this.#deps;
    const now = clock.now();
    const wasMeasuring = lastAt !== null && Math.abs(now - lastAt) < MEASURING_MAX_MS;
    if (weights || wasMeasuring) this.#restUntilMs = clock.monotonicMs() + REST_AFTER_START_MS;
    if (!weights) return;
    this.#measured = new Map(weights.bySymbol);
    for (const [symbol, weight] of weights.bySymbol) this.#lastKnown.set(symbol, weight);
    this.#measuredAt = Math.min(weights.at, now);
    this.#written = textOf(this.#measured);
  }

  #isDue(): boolean {
    const { ledger, settings, clock, isViolent } = this.#deps;
    if (clock.monotonicMs() < this.#restUntilMs) return false;
    if (this.#measuredAt === null) return true;
    const regularMs = settings().monitor.volatility_update_hours * HOUR_MS;
    const periodMs = isViolent() ? Math.min(VIOLENT_REFRESH_MS, regularMs) : regularMs;
    if (clock.now() - this.#measuredAt >= periodMs) return true;
    const unknown = ledger.symbols().some((symbol) => !this.#measured.has(symbol));
    return unknown && clock.now() - this.#measuredAt >= MINUTE_MS;
  }

  async #refresh(): Promise<void> {
    const { ledger, settings, clock } = this.#deps;
    const days = settings().monitor.volatility_lookback_days;
    const symbols = ledger.symbols();
    const reference = await this.#referenceCloses(symbols, days);
    const measured = new Map<PerpSymbol, number>();
    for (const symbol of symbols) {
      const closes = reference && (await this.#closes(symbol, days));
      const weight = closes && reference ? measuredWeight(closes, reference) : null;
      if (weight === null) continue;
      measured.set(symbol, weight);
      this.#lastKnown.set(symbol, weight);
    }
    const isFirst = this.#measuredAt === null;
    this.#measured = measured;
    this.#measuredAt = clock.now();
    this.#hasMeasured = true;
    this.apply();
    await this.#write(measured);
    if (isFirst) this.#deps.onReady();
  }

  async #write(measured: ReadonlyMap<PerpSymbol, number>): Promise<void> {
    const text = textOf(measured);
    if (measured.size === 0 || text === this.#written) return;
    const weights = Object.fromEntries(measured);
    await this.#deps.journal.append({ type: RECORD.weights, body: { weights } });
    this.#written = text;
  }

  /** BTC in the same quote currency: the measure that has weight 1. */
  async #referenceCloses(symbols: readonly PerpSymbol[], days: number): Promise<number[] | null> {
    const first = symbols[0];
    if (!first) return null;
    const test = baseOf(first).startsWith('TEST') ? 'TEST' : '';
    const quote = first.slice(first.indexOf(':'));
    return this.#closes(`t${test}BTCF0${quote}` as PerpSymbol, days);
  }

  async #closes(symbol: PerpSymbol, days: number): Promise<number[] | null> {
    try {
      const candles = await this.#deps.venue.dailyCandles(symbol, days + 1);
      return candles.map((candle) => candle.close.toNumber());
    } catch (error) {
      this.#deps.log.warn({ symbol, reason: messageOf(error) }, 'candles not read');
      return null;
    }
  }
}

function textOf(weights: ReadonlyMap<PerpSymbol, number>): string {
  return JSON.stringify([...weights].sort(([a], [b]) => (a < b ? -1 : 1)));
}
