/** The exchange account behind the `Venue` port. */
import type {
  DurableIntent,
  OrderAction,
  ReducePosition,
  SetCollateral,
} from '../../core/action.ts';
import { WIRE_PLACES } from '../../core/decimal.ts';
import { denied, type Outcome } from '../../core/outcome.ts';
import { quoteOf } from '../../core/symbol.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import { KeyRefusedError, type Venue, VenueReadError } from '../../ports/venue.ts';
import { dailyCandlesCall } from './calls/candles.ts';
import { collateralLimitsCall } from './calls/collateral-limits.ts';
import { collateralSetCall } from './calls/collateral-set.ts';
import { orderReopenCall } from './calls/order-reopen.ts';
import { orderSubmitCall } from './calls/order-submit.ts';
import { pairRulesCall } from './calls/pair-rules.ts';
import { permissionsCall } from './calls/permissions.ts';
import { platformStatusCall } from './calls/platform-status.ts';
import { positionsCall } from './calls/positions.ts';
import { marksCall } from './calls/status-deriv.ts';
import { walletCall } from './calls/wallets.ts';
import type { RestClient } from './client.ts';
import { RefusedError } from './errors.ts';
import { judgeKey } from './key-check.ts';
import { findOrderEvidence } from './order-evidence.ts';
import type { Reader } from './reader.ts';

export interface VenueDeps {
  readonly client: RestClient;
  readonly reader: Reader;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settleCurrency: string;
}

/** The venue's integers for client ids have 45 bits. */
const CID_LIMIT = 2 ** 45;
const LEVERAGE_MAX = 100;
/** The venue returns at most 10,000 candles a call, one of which is the open one. */
const CANDLE_DAYS_MAX = 9_999;

export function createVenue(deps: VenueDeps): Venue {
  const { client, reader, clock, log, settleCurrency } = deps;
  return {
    name: 'bitfinex',
    checkKey: () => checkKey(client),
    isOperative: () => client.readPublic(platformStatusCall()),
    pairRules: () => client.readPublic(pairRulesCall(settleCurrency, log)),
    positions: () => client.readSigned(positionsCall(settleCurrency, log)),
    wallet: () => client.readSigned(walletCall(settleCurrency)),
    marks: async (symbols) =>
      symbols.length > 0 ? client.readPublic(marksCall(symbols, log)) : [],
    collateralLimits: (symbol) => client.readSigned(collateralLimitsCall(symbol)),
    dailyCandles: (symbol, days) => {
      const bounded = Math.max(1, Math.min(CANDLE_DAYS_MAX, Math.ceil(days)));
      return client.readPublic(dailyCandlesCall(symbol, bounded, clock.now()));
    },
    setCollateral: async (intent) =>
      objectionToCollateral(intent, settleCurrency) ??
      client.write(collateralSetCall(intent.action), intent.recalled),
    reducePosition: async (intent) =>
      objectionToReduction(intent, settleCurrency) ??
      client.write(orderSubmitCall(intent), intent.recalled),
    reopenPosition: async (intent) =>
      objectionToOrder(intent, settleCurrency) ??
      client.write(orderReopenCall(intent), intent.recalled),
    orderEvidence: (intent) => findOrderEvidence(client, intent),
    writesLeft: () => client.writesLeft('collateral_set'),
    failuresInARow: () => reader.failuresInARow,
    close: () => client.close(),
  };
}

async function checkKey(client: RestClient): Promise<{ warnings: readonly string[] }> {
  try {
    return { warnings: judgeKey(await client.readSigned(permissionsCall())) };
  } catch (error) {
    // Only the venue's own refusal speaks about the key; trouble on the way stays a failed read.
    const cause = error instanceof VenueReadError ? error.cause : null;
    if (!(error instanceof VenueReadError && cause instanceof RefusedError && cause.isFinal)) {
      throw error;
    }
    throw new KeyRefusedError(`the exchange did not accept the API key: ${error.message}`, {
      cause: error,
    });
  }
}

/** Local checks: an action that fails one was planned wrongly and must not reach the wire. */
function objectionToCollateral(
  { action }: DurableIntent<SetCollateral>,
  settleCurrency: string,
): Outcome | null {
  if (quoteOf(action.symbol) !== settleCurrency) return denied('wrong_currency');
  if (!action.toUsd.isFinite() || action.toUsd.lte(0))
    return denied('amount_invalid: collateral not above zero');
  if (action.toUsd.decimalPlaces() > WIRE_PLACES)
    return denied('amount_invalid: collateral too precise');
  return null;
}

function objectionToReduction(
  intent: DurableIntent<ReducePosition>,
  settleCurrency: string,
): Outcome | null {
  const { quantity, positionQuantity } = intent.action;
  // The venue would cancel an order larger than the position, not trim it.
  if (quantity.gt(positionQuantity)) return denied('amount_invalid: quantity above the position');
  return objectionToOrder(intent, settleCurrency);
}

function objectionToOrder(
  { action, cid }: DurableIntent<OrderAction>,
  settleCurrency: string,
): Outcome | null {
  const { quantity, leverage } = action;
  if (quoteOf(action.symbol) !== settleCurrency) return denied('wrong_currency');
  if (!quantity.isFinite() || quantity.lte(0))
    return denied('amount_invalid: quantity not above zero');
  if (quantity.decimalPlaces() > WIRE_PLACES) return denied('amount_invalid: quantity too precise');
  if (!Number.isInteger(leverage) || leverage < 1 || leverage > LEVERAGE_MAX) {
    return denied('amount_invalid: leverage not an integer from 1 to 100');
  }
  if (!Number.isSafeInteger(cid) || cid <= 0 || cid >= CID_LIMIT)
    return denied('amount_invalid: cid out of range');
  return null;
}
