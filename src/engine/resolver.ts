/**
 * Finds out what happened to a write whose outcome is unknown, by asking until there is proof.
 *
 * Proof rests on the key's nonces: they rise strictly, so once the venue has accepted a read signed
 * later, the lost request can no longer be accepted. What such a read shows is final, apart from
 * the venue's own delay in showing it; therefore two reads must agree, `SETTLE_MS` apart. An order
 * that does not show is judged by what became of its position: smaller by just as much, it was
 * carried out. Where the position has changed by another amount, the order may be filled in part
 * and its history late, or somebody else has traded: then they must go on agreeing for `DOUBT_MS`,
 * which no history that is merely late takes.
 */
import type {
  OrderAction,
  ReducePosition,
  ReopenPosition,
  SentIntent,
  SetCollateral,
} from '../core/action.ts';
import { type Decimal, ZERO } from '../core/decimal.ts';
import { messageOf } from '../core/errors.ts';
import { confirmed, type Outcome, rejected } from '../core/outcome.ts';
import type { Position } from '../core/position.ts';
import { MINUTE_MS } from '../core/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Venue } from '../ports/venue.ts';

const SETTLE_MS = 3_000;
const DOUBT_MS = 10 * MINUTE_MS;
const RETRY_MIN_MS = 1_000;
const RETRY_MAX_MS = 5_000;
/** The venue keeps eight decimal places; more difference than this is another amount. */
const SAME_AMOUNT_USD = 0.000_001;

export interface ResolverDeps {
  readonly venue: Venue;
  readonly clock: Clock;
  readonly log: Logger;
  /** Called once with proof in hand; makes it durable and lowers the fence. */
  readonly onResolved: (
    intent: SentIntent,
    outcome: Outcome,
    reservedUsd: Decimal,
  ) => Promise<void>;
}

/** What the venue shows, and for how long it has to go on showing it before it is believed. */
interface Finding {
  readonly outcome: Outcome;
  readonly afterMs: number;
}

function proven(outcome: Outcome): Finding {
  return { outcome, afterMs: 0 };
}

function settled(outcome: Outcome): Finding {
  return { outcome, afterMs: SETTLE_MS };
}

export class Resolver {
  readonly #deps: ResolverDeps;
  readonly #running = new Set<Promise<void>>();
  #stopped = false;

  constructor(deps: ResolverDeps) {
    this.#deps = deps;
  }

  /** Starts asking in the background. */
  resolve(intent: SentIntent, reservedUsd: Decimal = ZERO): void {
    const run = this.#askUntilProven(intent, reservedUsd)
      .catch((error) => {
        this.#deps.log.error({ intent: intent.id, reason: messageOf(error) }, 'resolver failed');
      })
      .finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  /** Stops asking; what is open stays open in the journal and is asked for at the next start. */
  stop(): void {
    this.#stopped = true;
  }

  async #askUntilProven(intent: SentIntent, reservedUsd: Decimal): Promise<void> {
    const { clock, log } = this.#deps;
    let last = null as Finding | null;
    let lastAt = 0;
    let delayMs = RETRY_MIN_MS;
    while (!this.#stopped) {
      try {
        const found = await this.#ask(intent);
        const agrees = found !== null && found.outcome.kind === last?.outcome.kind;
        if (found && (found.afterMs === 0 || agrees)) {
          if (found.afterMs === 0 || clock.monotonicMs() - lastAt >= found.afterMs) {
            await this.#deps.onResolved(intent, found.outcome, reservedUsd);
            return;
          }
        } else {
          last = found;
          lastAt = clock.monotonicMs();
        }
        delayMs = found ? SETTLE_MS : delayMs;
      } catch (error) {
        log.warn({ intent: intent.id, reason: messageOf(error) }, 'outcome still unknown');
        delayMs = Math.min(RETRY_MAX_MS, delayMs * 2);
      }
      await clock.sleep(delayMs);
    }
  }

  /** What the venue shows now; null when it does not tell yet. */
  #ask(intent: SentIntent): Promise<Finding | null> {
    const { action } = intent;
    return action.kind === 'set_collateral'
      ? this.#askCollateral(action)
      : this.#askOrder({ ...intent, action });
  }

  async #askCollateral(action: SetCollateral): Promise<Finding> {
    const position = await this.#position(action);
    if (!position) return settled(rejected('position_gone', 'the position no longer exists'));
    const off = position.collateralUsd.minus(action.toUsd).abs();
    return off.lte(SAME_AMOUNT_USD)
      ? proven(confirmed('collateral_applied'))
      : settled(rejected('not_applied', `the position shows ${position.collateralUsd.toFixed()}`));
  }

  async #askOrder(intent: SentIntent<OrderAction>): Promise<Finding | null> {
    const evidence = await this.#deps.venue.orderEvidence(intent);
    switch (evidence.state) {
      case 'filled':
      case 'partly_filled':
        return proven(confirmed(`filled: ${evidence.filled.toFixed()}`));
      case 'cancelled':
        return settled(rejected('cancelled', evidence.reason));
      case 'open':
        return null;
      case 'not_found':
        return intent.action.kind === 'reopen_position'
          ? reopeningByEffect(intent.action, await this.#heldBy(intent.action))
          : orderByEffect(intent.action, await this.#position(intent.action));
    }
  }

  /** Base units held now; what was opened again after a whole closing has another id. */
  async #heldBy({ symbol, side }: ReopenPosition): Promise<Decimal> {
    const positions = await this.#deps.venue.positions();
    const held = positions.find((one) => one.symbol === symbol && one.side === side);
    return held?.quantity ?? ZERO;
  }

  async #position(action: SetCollateral | OrderAction): Promise<Position | undefined> {
    const positions = await this.#deps.venue.positions();
    return positions.find(
      (position) => position.symbol === action.symbol && position.id === action.positionId,
    );
  }
}

/** An order that the venue does not show: what its position says about it. */
function orderByEffect(action: ReducePosition, position: Position | undefined): Finding {
  if (!position) return goneWith(action);
  const taken = action.positionQuantity.minus(position.quantity);
  if (taken.eq(action.quantity)) return settled(confirmed(`filled: ${taken.toFixed()}`));
  const untouched = taken.eq(ZERO);
  return untouched
    ? settled(rejected('not_found', 'no order and an unchanged position'))
    : { outcome: rejected('not_found', 'no order shows up'), afterMs: DOUBT_MS };
}

/**
 * Whatever became of the order, there is nothing left that it could change. One for all that was
 * held may be what ended the position, its history late; one that is not shown for as long as no
 * history is late was not, and the position ended otherwise: closed by force or by somebody else.
 */
function goneWith({ quantity, positionQuantity }: ReducePosition): Finding {
  const outcome = rejected('position_gone', 'no order shows up, the position no longer exists');
  return { outcome, afterMs: quantity.eq(positionQuantity) ? DOUBT_MS : SETTLE_MS };
}

/** The same for the second leg of a roll, by what is held now on its side. */
function reopeningByEffect(action: ReopenPosition, held: Decimal): Finding {
  const added = held.minus(action.positionQuantity);
  if (added.eq(action.quantity)) return settled(confirmed(`filled: ${added.toFixed()}`));
  return added.eq(ZERO)
    ? settled(rejected('not_found', 'no order, and nothing more is held'))
    : { outcome: rejected('not_found', 'no order shows up'), afterMs: DOUBT_MS };
}
