/** What became of an accepted order. Accepted is not filled. */
import type { OrderAction, SentIntent } from '../core/action.ts';
import type { Decimal } from '../core/decimal.ts';
import { messageOf } from '../core/errors.ts';
import { confirmed, type Outcome, rejected, unknown } from '../core/outcome.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { OrderEvidence, Venue } from '../ports/venue.ts';

export interface OrderFill {
  readonly outcome: Outcome;
  /** Base units and price; absent unless the outcome is confirmed. */
  readonly filledQuantity?: Decimal;
  readonly averagePrice?: Decimal;
}

export interface FillDeps {
  readonly venue: Venue;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A market order shows up in the venue's history within a moment; this bounds the wait. */
const EVIDENCE_TRIES = 5;
const EVIDENCE_PAUSE_MS = 500;

/** Asks until the order has ended; accepted and not found yet stays unknown. */
export async function lookUpFill(
  deps: FillDeps,
  intent: SentIntent<OrderAction>,
): Promise<OrderFill> {
  for (let attempt = 1; attempt <= EVIDENCE_TRIES; attempt += 1) {
    const evidence = await evidenceOf(deps, intent);
    if (evidence?.state === 'filled' || evidence?.state === 'partly_filled') {
      return fillOf(evidence);
    }
    if (evidence?.state === 'cancelled') {
      return { outcome: rejected('cancelled', evidence.reason) };
    }
    await deps.clock.sleep(EVIDENCE_PAUSE_MS * attempt);
  }
  return { outcome: unknown('fill_not_shown') };
}

/** Asks once; null unless the venue shows that something was filled. */
export async function provenFill(
  deps: FillDeps,
  intent: SentIntent<OrderAction>,
): Promise<OrderFill | null> {
  const evidence = await evidenceOf(deps, intent);
  const isFilled = evidence?.state === 'filled' || evidence?.state === 'partly_filled';
  return isFilled ? fillOf(evidence) : null;
}

async function evidenceOf(
  { venue, log }: FillDeps,
  intent: SentIntent<OrderAction>,
): Promise<OrderEvidence | null> {
  try {
    return await venue.orderEvidence(intent);
  } catch (error) {
    log.warn({ intent: intent.id, reason: messageOf(error) }, 'fill not read');
    return null;
  }
}

function fillOf(evidence: Extract<OrderEvidence, { readonly filled: Decimal }>): OrderFill {
  const { filled, averagePrice } = evidence;
  return { outcome: confirmed('filled'), filledQuantity: filled, averagePrice };
}
