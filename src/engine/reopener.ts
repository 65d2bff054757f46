/**
 * The second leg of a roll: what a reduction of a winner has certainly closed is opened again at
 * once, so that its profit becomes balance and its size stays.
 *
 * Why this is safe, step by step:
 * - Both legs are intents of their own, each on disk before it is sent, linked by the roll's id.
 * - A roll begins only while nothing holds the service back and the free balance together with the
 *   profit of what is closed pays the initial margin; else it is carried out as a reduction.
 * - The second leg is sent once, only by `ReopeningGate`, and only for what the venue shows as
 *   filled: same position, side and at most its leverage, within ten seconds, near the price, when
 *   the position holds exactly the rest, and the free balance has really arrived.
 * - A first leg of unknown outcome is fenced like every order; the roll goes on only when the venue
 *   proves the fill in time. A second leg of unknown outcome is fenced and cleared up likewise.
 * - The first order that the venue leaves unfilled, refuses or cancels ends the roll. Whatever is
 *   not open again is a reduction, is reported as one, and nothing tries again later.
 * - Beginning and end of a roll are in the journal: after a crash between the legs nothing is
 *   opened, and people are told.
 *
 * The order's leverage decides the initial margin, which the venue takes from the free balance; the
 * next levelling puts the position's collateral where it belongs.
 */
import type { Approved, ReopenPosition } from '../core/action.ts';
import { CENT_PLACES, ceilTo, type Decimal, floorTo, WIRE_PLACES, ZERO } from '../core/decimal.ts';
import { messageOf } from '../core/errors.ts';
import type { ReductionReport, RollReport } from '../core/notice.ts';
import { denied, type Outcome } from '../core/outcome.ts';
import type { Position } from '../core/position.ts';
import type { PerpSymbol } from '../core/symbol.ts';
import type { Clock } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import type { Logger } from '../ports/logger.ts';
import type { Venue } from '../ports/venue.ts';
import {
  type ClosedLeg,
  type Consent,
  type Posture,
  REOPEN_WITHIN_MS,
  ReopeningGate,
} from '../risk/index.ts';
import { type BalancerSettings, SLIPPAGE_RATE, TAKER_FEE_RATE } from '../systems/balancer/index.ts';
import type { Executor } from './executor.ts';
import type { Ledger } from './ledger.ts';
import { lookUpFill } from './order-fill.ts';
import { leverageOf, leveragesFor } from './order-leverage.ts';
import type { PostureKeeper } from './posture-keeper.ts';
import { RECORD } from './records.ts';

export interface ReopenerDeps {
  readonly venue: Venue;
  readonly ledger: Ledger;
  readonly posture: PostureKeeper;
  readonly executor: Executor;
  readonly journal: Journal;
  readonly settings: () => BalancerSettings;
  readonly clock: Clock;
  readonly log: Logger;
  /** This position is about to grow, or to appear, by our own hand. */
  readonly onReopening: (symbol: PerpSymbol) => void;
}

/** A reduction that is planned as a roll. */
export interface RollCut extends ReductionReport {
  readonly roll: RollReport;
}

/** Who consented to a roll, when its first leg was decided, and the money kept for the second. */
export interface RollFrame {
  readonly consent: Consent | null;
  /** On the clock that never steps. */
  readonly startedMs: number;
  readonly earmark: Earmark;
}

type Prepared =
  | { readonly kind: 'reduce'; readonly outcome: Outcome }
  | { readonly kind: 'roll'; readonly earmark: Earmark };

/** Position and balance show a fill a moment later; each further look waits longer. */
const LOOK_PAUSE_MS = 500;
const COST_RATE = TAKER_FEE_RATE + SLIPPAGE_RATE;

type Step =
  | { readonly kind: 'ended'; readonly roll: RollReport }
  /** Not yet; the reason counts when there is no later look. */
  | { readonly kind: 'waits'; readonly refusal: Outcome };

/** The leverage of the second leg and the balance it takes, fee and slippage included. */
interface Terms {
  readonly leverage: number;
  readonly needUsd: Decimal;
}

interface Look {
  readonly heldQuantity: Decimal;
  readonly markPrice: Decimal;
  /** What may be spent, beyond what other writes have reserved. */
  readonly freeUsd: Decimal;
}

/** Money that is kept for one second leg until its order reserves it, or the roll has ended. */
export class Earmark {
  readonly #ledger: Ledger;
  #heldUsd: Decimal;

  constructor(ledger: Ledger, usd: Decimal) {
    this.#ledger = ledger;
    this.#heldUsd = usd;
    ledger.earmark(usd);
  }

  get heldUsd(): Decimal {
    return this.#heldUsd;
  }

  release(): void {
    this.#ledger.unearmark(this.#heldUsd);
    this.#heldUsd = ZERO;
  }
}

export class Reopener {
  readonly #deps: ReopenerDeps;
  readonly #gate = new ReopeningGate();

  constructor(deps: ReopenerDeps) {
    this.#deps = deps;
  }

  /**
   * What the second leg will need, set aside before it arrives, so that no other plan sees it as
   * free in between; or why this has to be a reduction from the start.
   */
  prepare(cut: RollCut, held: Position, quantity: Decimal): Prepared {
    const { ledger, posture, settings } = this.#deps;
    if (!isOpen(posture.posture(settings()))) return reduced('not_active');
    const markPrice = ledger.mark(held.symbol)?.price;
    const freeUsd = ledger.availableUsd();
    if (!markPrice || freeUsd === null) return reduced('balance_unknown');
    const move = markPrice.minus(held.entryPrice).times(held.side === 'long' ? 1 : -1);
    const notionalUsd = quantity.times(markPrice);
    // The first leg costs as much as the second; the collateral it releases is not counted on.
    const paysUsd = freeUsd.plus(quantity.times(move)).minus(notionalUsd.times(COST_RATE));
    const terms = this.#terms(cut, quantity, notionalUsd, leverageOf(held), paysUsd);
    if (!terms) return reduced('balance_short');
    return { kind: 'roll', earmark: new Earmark(ledger, terms.needUsd) };
  }

  /** @throws when the journal does not take it: then nothing was sent. */
  async begin({ roll, symbol }: RollCut): Promise<void> {
    const body = { rollId: roll.rollId, symbol };
    await this.#deps.journal.append({ type: RECORD.rollStarted, body });
  }

  /** A journal that fails here stops the service; what was sent is reported all the same. */
  async end({ roll }: RollCut): Promise<void> {
    const { journal, log } = this.#deps;
    await journal
      .append({ type: RECORD.rollEnded, body: { rollId: roll.rollId } })
      .catch((error) => log.error({ reason: messageOf(error) }, 'end of a roll not written'));
  }

  /** Opens again what `closed` proves, or says why not. Never throws for what it cannot read. */
  async reopen(cut: RollCut, closed: ClosedLeg, frame: RollFrame): Promise<RollReport> {
    const { clock } = this.#deps;
    let refusal: Outcome = denied('too_late');
    for (let attempt = 1; ; attempt += 1) {
      const leftMs = REOPEN_WITHIN_MS - (clock.monotonicMs() - frame.startedMs);
      if (leftMs <= 0) return { ...cut.roll, outcome: refusal };
      const look = await Promise.race([this.#look(closed, frame), clock.sleep(leftMs)]);
      const step = await this.#tried(cut, closed, frame, look ?? null);
      if (step.kind === 'ended') return step.roll;
      refusal = step.refusal;
      await clock.sleep(LOOK_PAUSE_MS * attempt);
    }
  }

  async #tried(
    cut: RollCut,
    closed: ClosedLeg,
    frame: RollFrame,
    look: Look | null,
  ): Promise<Step> {
    const { posture, settings, clock, ledger } = this.#deps;
    const now = posture.posture(settings());
    if (!isOpen(now)) return ended(cut, denied('not_active'));
    if (!look) return { kind: 'waits', refusal: denied('too_late') };
    const { symbol, leverage: most } = closed.intent.action;
    const quantity = floorTo(closed.filled, WIRE_PLACES);
    if (quantity.lt(ledger.rules(symbol)?.minQuantity ?? ZERO)) {
      return ended(cut, denied('below_minimum_order'));
    }
    const notionalUsd = quantity.times(look.markPrice);
    const terms = this.#terms(cut, quantity, notionalUsd, most, look.freeUsd);
    if (!terms) return { kind: 'waits', refusal: denied('balance_short') };
    const action = reopening(cut, closed, { quantity, leverage: terms.leverage }, look);
    const scene = { ...look, elapsedMs: clock.monotonicMs() - frame.startedMs };
    const verdict = this.#gate.review(action, closed, scene, now, frame.consent);
    switch (verdict.kind) {
      case 'refused': {
        const refusal = denied(verdict.code);
        // The list of positions may not show the fill yet.
        const mayPass = verdict.code === 'position_changed';
        return mayPass ? { kind: 'waits', refusal } : ended(cut, refusal);
      }
      case 'rehearsed':
        return ended(cut, { kind: 'rehearsed' });
      case 'approved':
        return { kind: 'ended', roll: await this.#send(cut, verdict.action, terms.needUsd, frame) };
    }
  }

  async #send(
    { roll, symbol }: RollCut,
    action: Approved<ReopenPosition>,
    reserveUsd: Decimal,
    { earmark }: RollFrame,
  ): Promise<RollReport> {
    const { executor, onReopening } = this.#deps;
    onReopening(symbol);
    // Handed over in the same turn as the order reserves it: nobody else can take it in between.
    earmark.release();
    const { intent, outcome } = await executor.reopenPosition(action, reserveUsd);
    if (outcome.kind !== 'confirmed') return { ...roll, outcome };
    const { filledQuantity, ...fill } = await lookUpFill(this.#deps, intent);
    return { ...roll, ...fill, ...(filledQuantity ? { reopenedQuantity: filledQuantity } : {}) };
  }

  /** For the planned margin in proportion to the quantity; null when nothing pays it. */
  #terms(
    cut: RollCut,
    quantity: Decimal,
    notionalUsd: Decimal,
    most: number,
    paysUsd: Decimal,
  ): Terms | null {
    const marginUsd = cut.roll.marginUsd.times(quantity).div(cut.quantity);
    const rules = this.#deps.ledger.rules(cut.symbol);
    for (const leverage of leveragesFor(notionalUsd, marginUsd, most, rules)) {
      const needUsd = needUsdOf(notionalUsd, leverage);
      if (paysUsd.gte(needUsd)) return { leverage, needUsd };
    }
    return null;
  }

  /** Position, balance and price as the venue shows them now; null when a read failed. */
  async #look({ intent }: ClosedLeg, { earmark }: RollFrame): Promise<Look | null> {
    const { venue, ledger, log } = this.#deps;
    const { symbol, side, positionId, quantity, positionQuantity } = intent.action;
    try {
      const [positions, wallet, marks] = await Promise.all([
        venue.positions(),
        venue.wallet(),
        venue.marks([symbol]),
      ]);
      const [mark] = marks;
      if (!mark || wallet.availableUsd === null) return null;
      const held = positions.find((position) => position.symbol === symbol);
      const isWhole = quantity.eq(positionQuantity);
      // A position that is another one counts as none of ours: no rest of a roll can equal it.
      const isOurs = held?.side === side && (held.id === positionId || isWhole);
      const heldQuantity = held ? held.quantity.times(isOurs ? 1 : -1) : ZERO;
      const othersUsd = ledger.reservedUsd.minus(earmark.heldUsd);
      const freeUsd = wallet.availableUsd.minus(othersUsd);
      return { heldQuantity, markPrice: mark.price, freeUsd };
    } catch (error) {
      log.warn({ symbol, reason: messageOf(error) }, 'account not read for a roll');
      return null;
    }
  }
}

function reopening(
  { roll }: RollCut,
  { intent }: ClosedLeg,
  order: Pick<ReopenPosition, 'quantity' | 'leverage'>,
  look: Look,
): ReopenPosition {
  const { symbol, positionId, side, trigger } = intent.action;
  return {
    kind: 'reopen_position',
    symbol,
    positionId,
    side,
    ...order,
    positionQuantity: look.heldQuantity,
    trigger,
    rollId: roll.rollId,
  };
}

function reduced(code: string): Prepared {
  return { kind: 'reduce', outcome: denied(code) };
}

function ended({ roll }: RollCut, outcome: RollReport['outcome'] & object): Step {
  return { kind: 'ended', roll: { ...roll, outcome } };
}

/** Whether the service may open anything at all. */
function isOpen({ mode, pausedSince }: Posture): boolean {
  return mode === 'active' && pausedSince === null;
}

/** Initial margin, fee and slippage of opening, USD, rounded up. */
function needUsdOf(notionalUsd: Decimal, leverage: number): Decimal {
  return ceilTo(notionalUsd.times(COST_RATE + 1 / leverage), CENT_PLACES);
}
