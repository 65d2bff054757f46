/**
 * Float arithmetic that tells when a production decider could want something. It may say so too
 * often, never too rarely: a decider that is not asked must be one that would have said no.
 */
import { type BalancerSettings, fallRoomUsd, urgentWeight } from '../../systems/balancer/index.ts';
import { type Account, CENTS } from './account.ts';

/** Binary noise; also what an amount may be off by when it is rounded to cents. */
const NOISE = 1e-9;
const CENTS_USD = 0.03;
const STEPS_MAX = 64;
/** What the deciders hold to be worth a write, in USD and as a share of the collateral. */
const TOP_UP_MIN_USD = 1;
const TOP_UP_MIN_SHARE = 0.001;
const GIFT_MIN_USD = 1;

/** Where the minute before the one that is looked at begins in the lists of lows and highs. */
export interface WatchedShortfall {
  readonly before: number;
}

export class Screen {
  readonly #account: Account;
  readonly #settings: BalancerSettings;
  readonly #rooms: Float64Array;
  readonly #slopes: Float64Array;
  readonly #gives: Float64Array;
  readonly #pnls: Float64Array;
  readonly #least: Float64Array;
  readonly #notionals: Float64Array;
  /** The legs that may be endangered, after `mayEndanger` said true; 1 for yes. */
  readonly endangered: Uint8Array;
  /** The even distance of the latest look. */
  even = 0;
  #poolShare = 0;

  constructor(account: Account, settings: BalancerSettings) {
    this.#account = account;
    this.#settings = settings;
    const column = (): Float64Array => new Float64Array(account.count);
    this.#rooms = column();
    this.#slopes = column();
    this.#gives = column();
    this.#pnls = column();
    this.#least = column();
    this.#notionals = column();
    this.endangered = new Uint8Array(account.count);
  }

  /**
   * True unless no step of the minute can bring a liquidation, an emergency or, where it is asked
   * for, a shortfall: every position is taken at its worst price against the best even distance.
   */
  isQuiet(
    lows: Float64Array,
    highs: Float64Array,
    base: number,
    watched: WatchedShortfall | null,
  ): boolean {
    const { amounts, columns, weights, ownWeights, count } = this.#account;
    const { thresholds, emergency, allocation } = this.#settings;
    const mayUrge = allocation.mode === 'equal_distance';
    let roomBest = this.#freeUsd();
    let slopeLeast = 0;
    let worst = Number.POSITIVE_INFINITY;
    for (let i = 0; i < count; i += 1) {
      const amount = amounts[i] ?? 0;
      if (amount === 0) continue;
      const low = lows[base + (columns[i] ?? 0)] ?? 0;
      const high = highs[base + (columns[i] ?? 0)] ?? 0;
      const bad = amount > 0 ? low : high;
      const good = amount > 0 ? high : low;
      const own = ownWeights[i] ?? 1;
      // Half of it, because a fall may have begun in the minute before.
      const spanPct = (high / low - 1) * 100;
      if (mayUrge && ((weights[i] ?? 1) > own || urgentWeight(own, 2 * spanPct, 0) > own))
        return false;
      const roomWorst = this.#account.roomUsd(i, bad);
      const size = Math.abs(amount) * (weights[i] ?? 1);
      const equity = roomWorst + (this.#account.maintenance[i] ?? 0);
      if (equity * 100 < thresholds.emergency_margin_rate * Math.abs(amount) * bad) return false;
      if (roomWorst <= 0) return false;
      roomBest += this.#account.roomUsd(i, good);
      slopeLeast += size * low;
      worst = Math.min(worst, roomWorst / (size * high));
    }
    if (slopeLeast === 0) return true;
    const evenMost = roomBest / slopeLeast;
    if (worst < emergency.relative_trigger * evenMost * (1 + NOISE)) return false;
    return watched === null || this.#isCovered(lows, highs, base, watched.before);
  }

  /** Whether any position may be endangered at these prices; fills `endangered`. */
  mayEndanger(prices: Float64Array, base: number): boolean {
    const { amounts, count } = this.#account;
    const { thresholds, emergency } = this.#settings;
    this.#load(prices, base);
    const level = this.#evenLevel();
    this.even = level;
    this.#poolShare = this.#poolPerSlope();
    let isAny = false;
    for (let i = 0; i < count; i += 1) {
      this.endangered[i] = 0;
      if ((amounts[i] ?? 0) === 0) continue;
      const room = this.#rooms[i] ?? 0;
      const notional = this.#notionals[i] ?? 0;
      const equity = room + (this.#account.maintenance[i] ?? 0);
      const line = emergency.relative_trigger * this.#evenOf(i) * (this.#slopes[i] ?? 0);
      const isLow = equity * 100 < thresholds.emergency_margin_rate * notional * (1 + NOISE);
      if (!isLow && room >= line + Math.abs(line) * NOISE) continue;
      this.endangered[i] = 1;
      isAny = true;
    }
    return isAny;
  }

  /** The endangered, after `mayEndanger`: whoever is nearest to its end is rescued first. */
  nearestFirst(): number[] {
    const found: number[] = [];
    for (let i = 0; i < this.#account.count; i += 1) if (this.endangered[i] === 1) found.push(i);
    const distance = (i: number): number => (this.#rooms[i] ?? 0) / (this.#slopes[i] ?? 1);
    return found.sort((a, b) => distance(a) - distance(b) || a - b);
  }

  /**
   * Whether a rescue of an endangered position could find anything to move, after `mayEndanger`. A
   * position that nothing can improve would otherwise cost a whole plan on each step. It counts
   * every amount at its most: all free balance, and all that any other position holds beyond the
   * even distance.
   */
  mayHelp(i: number): boolean {
    const { collateral, maintenance, count } = this.#account;
    const { thresholds } = this.#settings;
    const heldUsd = (collateral[i] ?? 0) / CENTS;
    const freeUsd = Math.max(0, this.#account.freeCents / CENTS);
    const room = this.#rooms[i] ?? 0;
    const notional = this.#notionals[i] ?? 0;
    const equityUsd = room + (maintenance[i] ?? 0);
    const even = this.#evenOf(i);
    const lackingUsd = Math.max(0, even) * (this.#slopes[i] ?? 0) - room;
    const limitUsd = (thresholds.emergency_margin_rate / 100) * notional;
    let cashUsd = freeUsd;
    if (even > 0 && this.#mayBeGiven(i, even, equityUsd + lackingUsd - limitUsd)) {
      for (let j = 0; j < count && cashUsd < lackingUsd; j += 1) {
        if (j === i || (this.#account.amounts[j] ?? 0) === 0) continue;
        const spareUsd = this.#spareUsd(j);
        if (spareUsd > 0) cashUsd += spareUsd + CENTS_USD;
      }
    }
    const raiseUsd = Math.min(cashUsd, Math.max(lackingUsd, freeUsd)) + CENTS_USD;
    if (raiseUsd >= Math.max(TOP_UP_MIN_USD, heldUsd * TOP_UP_MIN_SHARE)) return true;
    return equityUsd + raiseUsd >= limitUsd * (1 - NOISE);
  }

  /** Donors give to one that is behind its even distance, or that this lifts above the rate. */
  #mayBeGiven(i: number, even: number, aboveRateUsd: number): boolean {
    const line = this.#settings.emergency.relative_trigger * even * (this.#slopes[i] ?? 0);
    return (this.#rooms[i] ?? 0) < line * (1 + NOISE) || aboveRateUsd > -CENTS_USD;
  }

  /** In the mode `risk_weight` at most what the position's own scheduled target gives it. */
  #evenOf(i: number): number {
    if (this.#settings.allocation.mode === 'equal_distance') return this.even;
    const { collateral, maintenance } = this.#account;
    const target = this.#poolShare * (this.#slopes[i] ?? 0);
    const held = (collateral[i] ?? 0) / CENTS;
    const pnl = (this.#rooms[i] ?? 0) - held + (maintenance[i] ?? 0);
    const room = target + pnl - (maintenance[i] ?? 0);
    return Math.min(this.even, room / (this.#slopes[i] ?? 1));
  }

  /** What a donor holds beyond its minimum and the even distance, USD; 0 when not worth a write. */
  #spareUsd(j: number): number {
    const beyond = (this.#rooms[j] ?? 0) - Math.max(0, this.even) * (this.#slopes[j] ?? 0);
    const spareUsd = Math.min(this.#gives[j] ?? 0, beyond);
    return spareUsd + CENTS_USD < GIFT_MIN_USD ? 0 : spareUsd;
  }

  /** Whether the scheduled decision may find a move worth a write. */
  mayRebalance(prices: Float64Array, base: number): boolean {
    const { amounts, collateral, maintenance, count } = this.#account;
    const { thresholds, allocation } = this.#settings;
    this.#load(prices, base);
    const isRiskWeight = allocation.mode === 'risk_weight';
    const bases = (i: number): number =>
      isRiskWeight ? 0 : (maintenance[i] ?? 0) - (this.#pnls[i] ?? 0);
    const level = this.#waterLevel(bases);
    if (level === null) return true;
    for (let i = 0; i < count; i += 1) {
      if ((amounts[i] ?? 0) === 0) continue;
      const held = (collateral[i] ?? 0) / CENTS;
      const low = this.#least[i] ?? 0;
      const target = Math.max(low, bases(i) + (this.#slopes[i] ?? 0) * level);
      const line = Math.max(
        thresholds.min_adjustment_usdt,
        (held * thresholds.min_deviation_pct) / 100,
      );
      if (Math.abs(target - held) >= line - CENTS_USD - line * NOISE) return true;
    }
    return false;
  }

  /** How much collateral the account lacks by the settings, USD; negative when nothing is short. */
  shortfallUsd(prices: Float64Array, base: number): number {
    const { amounts, columns, collateral, count } = this.#account;
    let short = -this.#freeUsd();
    for (let i = 0; i < count; i += 1) {
      if ((amounts[i] ?? 0) === 0) continue;
      const price = prices[base + (columns[i] ?? 0)] ?? 0;
      const fallPct = this.#account.falls[i] ?? 0;
      short += this.#needUsd(i, price, fallPct) - (collateral[i] ?? 0) / CENTS;
    }
    return short;
  }

  #needUsd(i: number, price: number, fallPct: number): number {
    const { liquidation } = this.#settings;
    const maintenance = this.#account.maintenance[i] ?? 0;
    const notional = Math.abs(this.#account.amounts[i] ?? 0) * price;
    const wanted = maintenance * liquidation.safety_margin_multiplier;
    const room = fallRoomUsd(notional, fallPct, liquidation);
    const safe = Math.max(wanted, maintenance + room);
    return Math.max(0, this.#account.leastUsd(i, price), safe - this.#account.pnlUsd(i, price));
  }

  #isCovered(lows: Float64Array, highs: Float64Array, base: number, before: number): boolean {
    const { amounts, columns, collateral, count } = this.#account;
    let short = -this.#freeUsd();
    for (let i = 0; i < count; i += 1) {
      const amount = amounts[i] ?? 0;
      if (amount === 0) continue;
      const column = columns[i] ?? 0;
      const low = lows[base + column] ?? 0;
      const high = highs[base + column] ?? 0;
      // The fall counts from the best price of the minute before.
      const least = Math.min(low, lows[before + column] ?? low);
      const most = Math.max(high, highs[before + column] ?? high);
      const need = this.#needUsd(i, amount > 0 ? low : high, (most / least - 1) * 100);
      short += need - (collateral[i] ?? 0) / CENTS;
    }
    return short < 0;
  }

  /** USD of pool per USD of notional × weight. */
  #poolPerSlope(): number {
    const { amounts, collateral, count } = this.#account;
    let pool = this.#freeUsd();
    let slopes = 0;
    for (let i = 0; i < count; i += 1) {
      if ((amounts[i] ?? 0) === 0) continue;
      pool += (collateral[i] ?? 0) / CENTS;
      slopes += this.#slopes[i] ?? 0;
    }
    return slopes > 0 ? pool / slopes : 0;
  }

  #freeUsd(): number {
    const { reserve_usdt: reserve } = this.#settings.allocation;
    return Math.max(0, this.#account.freeCents / CENTS - reserve);
  }

  #load(prices: Float64Array, base: number): void {
    const { amounts, entries, columns, weights, collateral, maintenance, count } = this.#account;
    for (let i = 0; i < count; i += 1) {
      const amount = amounts[i] ?? 0;
      if (amount === 0) continue;
      const price = prices[base + (columns[i] ?? 0)] ?? 0;
      const pnl = amount * (price - (entries[i] ?? 0));
      const held = (collateral[i] ?? 0) / CENTS;
      const notional = Math.abs(amount) * price;
      this.#pnls[i] = pnl;
      this.#notionals[i] = notional;
      this.#slopes[i] = notional * (weights[i] ?? 1);
      this.#rooms[i] = held + pnl - (maintenance[i] ?? 0);
      this.#least[i] = this.#account.leastUsd(i, price);
      this.#gives[i] = held - (this.#least[i] ?? 0);
    }
  }

  /** The even distance of all that share: profit that is locked is left out, step by step. */
  #evenLevel(): number {
    const { amounts, count } = this.#account;
    let lockLevel = Number.POSITIVE_INFINITY;
    let level = 0;
    for (let step = 0; step < STEPS_MAX; step += 1) {
      let spreadable = this.#freeUsd();
      let sharing = 0;
      for (let i = 0; i < count; i += 1) {
        if ((amounts[i] ?? 0) === 0) continue;
        const room = this.#rooms[i] ?? 0;
        if (room <= 0) continue;
        const slope = this.#slopes[i] ?? 1;
        const gives = this.#gives[i] ?? 0;
        if ((room - gives) / slope < lockLevel) {
          spreadable += room;
          sharing += slope;
        } else {
          spreadable += gives;
        }
      }
      if (sharing <= 0) return level;
      level = spreadable / sharing;
      if (level >= lockLevel) return level;
      lockLevel = level;
    }
    return level;
  }

  /** Null where the bounds and the formula cannot all hold: then the decider has to be asked. */
  #waterLevel(bases: (i: number) => number): number | null {
    const { amounts, collateral, count } = this.#account;
    let pool = this.#freeUsd();
    for (let i = 0; i < count; i += 1) {
      if ((amounts[i] ?? 0) !== 0) pool += (collateral[i] ?? 0) / CENTS;
    }
    let level = Number.POSITIVE_INFINITY;
    for (let step = 0; step < STEPS_MAX; step += 1) {
      let left = pool;
      let slopes = 0;
      for (let i = 0; i < count; i += 1) {
        if ((amounts[i] ?? 0) === 0) continue;
        const low = this.#least[i] ?? 0;
        const slope = this.#slopes[i] ?? 0;
        const isHeld = level !== Number.POSITIVE_INFINITY && bases(i) + slope * level < low;
        left -= isHeld ? low : bases(i);
        if (!isHeld) slopes += slope;
      }
      if (slopes <= 0) return null;
      const next = left / slopes;
      if (next >= level || Math.abs(next - level) <= NOISE * Math.abs(level)) break;
      level = next;
    }
    return level > 0 ? level : null;
  }
}
