/**
 * The engine's local picture of the account. It changes by what the venue said and by our own
 * confirmed writes; a failed read leaves it alone. Decisions are made from it without asking first.
 * Its times are those of the clock that never steps.
 */
import { type Decimal, maxOf, toFloat, ZERO } from '../core/decimal.ts';
import {
  isSamePosition,
  type Mark,
  type PairRules,
  type Position,
  type Wallet,
} from '../core/position.ts';
import type { PerpSymbol } from '../core/symbol.ts';
import { SECOND_MS } from '../core/time.ts';
import {
  type BalancerSettings,
  type Book,
  evenDistance,
  type Leg,
  reachableTotals,
  replaceLeg,
  type Totals,
  totalsOf,
  withFall,
  withMark,
  withUrgency,
} from '../systems/balancer/index.ts';
import { type KnownMark, knownMark, type Moment } from './known-mark.ts';
import {
  buildLeg,
  isSameParts,
  type LastingParts,
  type Weight,
  withFallOf,
} from './leg-builder.ts';
import { MarkGuard } from './mark-guard.ts';
import { withCollateralUsd } from './moved-collateral.ts';

interface Entry {
  position: Position;
  leg: Leg | null;
  /** What the leg was built from: while that stays the same, so does the leg. */
  parts: LastingParts | null;
  /** The mark that is in the leg. */
  builtAt: Decimal | null;
  /** Our own writes are newer than frames the venue sent before them. */
  lastWriteAt: number;
  /** When a frame last told of it. */
  readonly heardAt: number;
}

interface Free {
  readonly wallet: Wallet | null;
  readonly reserved: Decimal;
  readonly usd: Decimal | null;
}

/** A frame may still describe the time before our write for this long. */
const SETTLE_MS = 2_000;
const GONE_MAX = 500;
/** Reads come every few seconds in a crash; a donor is not asked in vain after each of them. */
const MINIMUM_HOLDS_MS = 20 * SECOND_MS;
const UNWEIGHTED: Weight = { weight: 1, source: 'default' };

export class Ledger {
  readonly #entries = new Map<PerpSymbol, Entry>();
  readonly #marks = new Map<PerpSymbol, KnownMark>();
  readonly #rules = new Map<PerpSymbol, PairRules>();
  readonly #weights = new Map<PerpSymbol, Weight>();
  readonly #learnedMinimum = new Map<string, { readonly minUsd: Decimal; readonly at: number }>();
  readonly #goneAt = new Map<string, number>();
  readonly #markGuard = new MarkGuard();
  #settings: BalancerSettings;
  #wallet: Wallet | null = null;
  #reserved: Decimal = ZERO;
  /** The free balance, and what it was computed from. */
  #free: Free = { wallet: null, reserved: ZERO, usd: null };
  #totals: Totals = totalsOf([]);
  #snapshotAt: number | null = null;
  #newestMark: KnownMark | null = null;
  #writes = 0;

  constructor(settings: BalancerSettings) {
    this.#settings = settings;
  }

  get snapshotAt(): number | null {
    return this.#snapshotAt;
  }

  /** When we last received a mark. */
  get newestMarkAt(): number | null {
    return this.#newestMark?.receivedAt ?? null;
  }

  /** The mark received last: tells how far the venue's clock and ours are apart. */
  get newestMark(): KnownMark | null {
    return this.#newestMark;
  }

  get totals(): Totals {
    return this.#totals;
  }

  /** Counts the starts and ends of our writes; a read that straddles one cannot judge balances. */
  get writeEpoch(): number {
    return this.#writes;
  }

  get reservedUsd(): Decimal {
    return this.#reserved;
  }

  /** Free balance less what writes in flight may take; null while the venue has not said. */
  availableUsd(): Decimal | null {
    const wallet = this.#wallet;
    const reserved = this.#reserved;
    // Asked several times with every mark, and rarely another.
    if (this.#free.wallet !== wallet || this.#free.reserved !== reserved) {
      const available = wallet?.availableUsd;
      const usd = available ? maxOf(ZERO, available.minus(reserved)) : null;
      this.#free = { wallet, reserved, usd };
    }
    return this.#free.usd;
  }

  setSettings(settings: BalancerSettings): void {
    this.#settings = settings;
    this.rebuild();
  }

  setRules(rules: ReadonlyMap<PerpSymbol, PairRules>): void {
    for (const [symbol, rule] of rules) this.#rules.set(symbol, rule);
    this.rebuild();
  }

  /** What is left out, being held no more, is only last known when it comes back. */
  setWeights(weights: ReadonlyMap<PerpSymbol, Weight>): void {
    for (const [symbol, { weight, source }] of this.#weights) {
      if (source === 'measured') this.#weights.set(symbol, { weight, source: 'stale' });
    }
    for (const [symbol, weight] of weights) this.#weights.set(symbol, weight);
    this.rebuild();
  }

  rules(symbol: PerpSymbol): PairRules | undefined {
    return this.#rules.get(symbol);
  }

  mark(symbol: PerpSymbol): KnownMark | undefined {
    return this.#marks.get(symbol);
  }

  position(symbol: PerpSymbol): Position | undefined {
    return this.#entries.get(symbol)?.position;
  }

  positions(): Position[] {
    return [...this.#entries.values()].map((entry) => entry.position);
  }

  leg(symbol: PerpSymbol): Leg | null {
    return this.#entries.get(symbol)?.leg ?? null;
  }

  /** How many positions are held. */
  get size(): number {
    return this.#entries.size;
  }

  symbols(): PerpSymbol[] {
    return [...this.#entries.keys()];
  }

  /** Positions with a known mark, as the deciders see them. Unknown balance counts as nothing. */
  book(): Book {
    const legs: Leg[] = [];
    for (const entry of this.#entries.values()) if (entry.leg) legs.push(entry.leg);
    const availableExact = this.availableUsd() ?? ZERO;
    return { legs, availableExact, availableUsd: toFloat(availableExact) };
  }

  /** True when every position has a mark younger than the limit. */
  marksAreFresh(now: number, ageMaxMs: number): boolean {
    return this.symbols().every((symbol) => {
      const mark = this.#marks.get(symbol);
      return mark !== undefined && now - mark.receivedAt <= ageMaxMs;
    });
  }

  /**
   * Takes a mark and returns the position's leg, or null when the mark is old, not to be believed
   * yet, or of a symbol that is not held.
   */
  applyMark(mark: Mark, now: Moment): Leg | null {
    const known = this.#marks.get(mark.symbol);
    if (known && mark.at <= known.venueAt) return null;
    const last = known ? { price: known.price, ageMs: now.elapsedMs - known.receivedAt } : null;
    if (!this.#markGuard.admits(mark.symbol, mark.price, last)) return null;
    const taken = knownMark(mark, now);
    this.#marks.set(mark.symbol, taken);
    this.#newestMark = taken;
    const entry = this.#entries.get(mark.symbol);
    if (!entry) return null;
    if (entry.leg === null) return this.#rebuildEntry(entry);
    const leg = withMark(entry.leg, toFloat(mark.price));
    this.#totals = replaceLeg(this.#totals, entry.leg, leg);
    entry.leg = leg;
    entry.builtAt = mark.price;
    return leg;
  }

  /** Weighs a leg by its fall of the last seconds and minute; returns it as it now is. */
  urge(leg: Leg, lostPct: number, fallPct: number): Leg {
    const freeUsd = toFloat(this.availableUsd() ?? ZERO);
    const even = evenDistance(this.#totals, freeUsd, this.#settings.allocation.reserve_usdt);
    const weighed = withUrgency(leg, lostPct, even, this.#settings);
    const urged = withFall(weighed, fallPct, this.#settings);
    const entry = this.#entries.get(leg.symbol);
    if (urged === leg || entry?.leg !== leg) return leg;
    this.#totals = replaceLeg(this.#totals, leg, urged);
    entry.leg = urged;
    return urged;
  }

  applyWallet(wallet: Wallet): void {
    // A frame without the available balance says nothing about it: the last known one stays.
    if (wallet.availableUsd === null && this.#wallet?.availableUsd) return;
    this.#wallet = wallet;
  }

  /** Over REST an unknown balance is the venue's present word: unknown it is. */
  replaceWallet(wallet: Wallet): void {
    this.#wallet = wallet;
  }

  /** False when the frame may describe the time before our own last write, and is left alone. */
  applyPosition(position: Position, now: number): boolean {
    const entry = this.#entries.get(position.symbol);
    if (entry && now - entry.lastWriteAt < SETTLE_MS) return false;
    this.#put(position, entry, now);
    return true;
  }

  /** The venue said that the position is gone; an older answer must not bring it back. */
  removePosition(symbol: PerpSymbol, now: number): void {
    const entry = this.#entries.get(symbol);
    if (!entry) return;
    this.#goneAt.set(entry.position.id, now);
    for (const oldest of this.#goneAt.keys()) {
      if (this.#goneAt.size <= GONE_MAX) break;
      this.#goneAt.delete(oldest);
    }
    this.#entries.delete(symbol);
    this.rebuild();
  }

  /** Whether the position was reported gone after the given time. */
  isGoneSince(positionId: string, since: number): boolean {
    const at = this.#goneAt.get(positionId);
    return at !== undefined && at >= since;
  }

  /** Of which positions a frame has told after the given time. */
  heardSince(at: number): PerpSymbol[] {
    return this.symbols().filter((symbol) => (this.#entries.get(symbol)?.heardAt ?? at) > at);
  }

  /** The venue's full list as it was `at`. `skip` names symbols of which newer things are known. */
  replacePositions(
    positions: readonly Position[],
    at: number,
    skip: ReadonlySet<PerpSymbol>,
  ): void {
    const listed = new Set(positions.map((position) => position.symbol));
    for (const symbol of this.symbols()) {
      if (!listed.has(symbol) && !skip.has(symbol)) this.#entries.delete(symbol);
    }
    for (const position of positions) {
      const entry = this.#entries.get(position.symbol);
      // What is not known at all is better known a moment late than left out of every sum.
      if (!entry) this.#put(position, entry);
      else if (skip.has(position.symbol)) continue;
      else if (!isSamePosition(entry.position, position)) entry.position = position;
    }
    this.#snapshotAt = at;
    this.rebuild();
  }

  /** Sets money aside for an increase that is on its way. */
  beginWrite(reserveUsd: Decimal): void {
    this.#writes += 1;
    this.#reserved = this.#reserved.plus(reserveUsd);
  }

  /** Keeps money that a plan has released for that plan's own increases. */
  earmark(usd: Decimal): void {
    this.#reserved = this.#reserved.plus(usd);
  }

  unearmark(usd: Decimal): void {
    this.#reserved = maxOf(ZERO, this.#reserved.minus(usd));
  }

  endWrite(symbol: PerpSymbol, reservedUsd: Decimal, now: number): void {
    this.#writes += 1;
    this.#reserved = maxOf(ZERO, this.#reserved.minus(reservedUsd));
    const entry = this.#entries.get(symbol);
    if (entry) entry.lastWriteAt = now;
  }

  /** A confirmed collateral move: the position gets it, the free balance gives or takes it. */
  settleCollateral(symbol: PerpSymbol, toUsd: Decimal): void {
    this.spend(this.placeCollateral(symbol, toUsd));
  }

  /** The position has this collateral now. Returns the rise in USD, below zero for a decrease. */
  placeCollateral(symbol: PerpSymbol, toUsd: Decimal): Decimal {
    const entry = this.#entries.get(symbol);
    if (!entry) return ZERO;
    const rise = toUsd.minus(entry.position.collateralUsd);
    entry.position = withCollateralUsd(entry.position, toUsd);
    this.#rebuildEntry(entry);
    return rise;
  }

  /** The free balance gave this; below zero it got it. */
  spend(usd: Decimal): void {
    if (!this.#wallet?.availableUsd) return;
    this.#wallet = { ...this.#wallet, availableUsd: this.#wallet.availableUsd.minus(usd) };
  }

  /** The venue refused to go lower, or named its bound: do not ask below it again. */
  learnMinimum(positionId: string, minUsd: Decimal, at: number): void {
    this.#learnedMinimum.set(positionId, { minUsd, at });
  }

  /** What the venue named as its minimum of late, null when it did not. */
  learnedMinimum(positionId: string): Decimal | null {
    return this.#learnedMinimum.get(positionId)?.minUsd ?? null;
  }

  /** Minimums move with the market: what was learned holds for a while only. */
  forgetMinimums(now: number): void {
    for (const [positionId, { at }] of this.#learnedMinimum) {
      if (now - at >= MINIMUM_HOLDS_MS) this.#learnedMinimum.delete(positionId);
    }
  }

  /** Brings every leg up to date and sums afresh, which also ends the drift of small steps. */
  rebuild(): void {
    for (const entry of this.#entries.values()) this.#build(entry);
    this.#totals = reachableTotals(this.book(), this.#settings.allocation.reserve_usdt);
  }

  #put(position: Position, before: Entry | undefined, heardAt = Number.NEGATIVE_INFINITY): void {
    const lastWriteAt = before?.lastWriteAt ?? Number.NEGATIVE_INFINITY;
    const leg = before?.leg ?? null;
    const entry: Entry = { position, leg, parts: null, builtAt: null, lastWriteAt, heardAt };
    this.#entries.set(position.symbol, entry);
    this.#rebuildEntry(entry);
  }

  #rebuildEntry(entry: Entry): Leg | null {
    const before = entry.leg;
    this.#build(entry);
    this.#totals = replaceLeg(this.#totals, before, entry.leg);
    return entry.leg;
  }

  #build(entry: Entry): void {
    const { position } = entry;
    const mark = this.#marks.get(position.symbol);
    const rules = this.#rules.get(position.symbol);
    if (!mark || !rules) {
      entry.leg = null;
      entry.parts = null;
      entry.builtAt = null;
      return;
    }
    const parts = {
      position,
      rules,
      weight: this.#weights.get(position.symbol) ?? UNWEIGHTED,
      priorities: this.#settings.position_priority,
    };
    const { parts: known, builtAt } = entry;
    if (known && builtAt === mark.price && isSameParts(known, parts)) return;
    const isWeighed = this.#settings.allocation.mode === 'equal_distance';
    entry.leg = withFallOf(entry.leg, buildLeg({ ...parts, markPrice: mark.price }), isWeighed);
    entry.parts = parts;
    entry.builtAt = mark.price;
  }
}
