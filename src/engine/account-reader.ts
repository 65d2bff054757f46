/**
 * Reads the account over REST and reconciles the ledger with it. The exchange's word wins, except
 * for what our own writes touched while the answer was on its way: that is read again.
 */
import type { Position } from '../core/position.ts';
import type { PerpSymbol } from '../core/symbol.ts';
import type { Clock } from '../ports/clock.ts';
import type { Venue } from '../ports/venue.ts';
import { changeOf, type Drifts, hasGrown } from './drifts.ts';
import type { Fences } from './fences.ts';
import type { Ledger } from './ledger.ts';
import type { SpikeWatch } from './spike-watch.ts';

export interface AccountReaderDeps {
  readonly venue: Venue;
  readonly ledger: Ledger;
  readonly fences: Fences;
  readonly clock: Clock;
  readonly drifts: Drifts;
  readonly spikes: SpikeWatch;
}

export class AccountReader {
  readonly #deps: AccountReaderDeps;
  #first = true;

  constructor(deps: AccountReaderDeps) {
    this.#deps = deps;
  }

  /** Positions and wallet. @throws VenueReadError: then nothing has changed. */
  async refresh(): Promise<void> {
    const { venue, ledger, fences, clock } = this.#deps;
    const epoch = ledger.writeEpoch;
    const askedAt = clock.monotonicMs();
    const touched = new Set(fences.symbols());
    const isUnderWay = fences.inFlight() > 0;
    const [listed, wallet] = await Promise.all([
      this.#dated(venue.positions()),
      this.#dated(venue.wallet()),
    ]);
    // One of them may have waited for minutes: what is known is as old as the older.
    const readAt = Math.min(listed.at, wallet.at);
    // The feed may have told of a closing while this answer was on its way.
    const positions = listed.value.filter(({ id }) => !ledger.isGoneSince(id, askedAt));
    for (const symbol of fences.symbols()) touched.add(symbol);
    const skip = new Set([...this.#uncertain(touched, epoch), ...ledger.heardSince(listed.at)]);
    if (!this.#first) this.#reportDrift(positions, skip);
    ledger.replacePositions(positions, readAt, skip);
    // A write of unknown outcome may last for minutes: the balance is not to grow old with it.
    const isStill = ledger.writeEpoch === epoch && !isUnderWay;
    if (isStill) ledger.replaceWallet(wallet.value);
    await this.#readMissingRules(positions);
    this.#first = false;
  }

  /** Marks of every held position in one call. @throws VenueReadError */
  async refreshMarks(): Promise<void> {
    const { venue, ledger, clock, spikes } = this.#deps;
    const symbols = ledger.symbols();
    if (symbols.length === 0) return;
    const marks = await venue.marks(symbols);
    const now = { elapsedMs: clock.monotonicMs(), wallAt: clock.now() };
    for (const mark of marks) {
      const leg = ledger.applyMark(mark, now);
      // Where no stream tells of a fall any more, an old one must not go on weighing.
      if (!leg) continue;
      const { symbol, direction } = leg;
      const lostPct = spikes.lostPct(symbol, direction, now.elapsedMs);
      ledger.urge(leg, lostPct, spikes.fallPct(symbol, direction, now.elapsedMs));
    }
  }

  async refreshRules(): Promise<void> {
    this.#deps.ledger.setRules(await this.#deps.venue.pairRules());
  }

  async #dated<T>(read: Promise<T>): Promise<{ readonly value: T; readonly at: number }> {
    const value = await read;
    return { value, at: this.#deps.clock.monotonicMs() };
  }

  /** A pair that was listed after the start brings its rules along. */
  async #readMissingRules(positions: readonly Position[]): Promise<void> {
    const { ledger } = this.#deps;
    if (positions.some((position) => !ledger.rules(position.symbol))) await this.refreshRules();
  }

  /** When a write began or ended meanwhile, every symbol may be a moment behind. */
  #uncertain(touched: Set<PerpSymbol>, epoch: number): ReadonlySet<PerpSymbol> {
    const { ledger } = this.#deps;
    if (ledger.writeEpoch === epoch) return touched;
    return new Set([...ledger.symbols(), ...touched]);
  }

  #reportDrift(positions: readonly Position[], skip: ReadonlySet<PerpSymbol>): void {
    const { ledger, drifts } = this.#deps;
    const listed = new Map(positions.map((position) => [position.symbol, position]));
    for (const known of ledger.positions()) {
      if (skip.has(known.symbol)) continue;
      const now = listed.get(known.symbol);
      const change = now ? changeOf(known, now) : 'closed';
      if (change) drifts.changed(known.symbol, change, now !== undefined && hasGrown(known, now));
    }
    for (const position of positions) {
      if (!skip.has(position.symbol) && !ledger.position(position.symbol)) {
        drifts.changed(position.symbol, 'opened', true);
      }
    }
  }
}
