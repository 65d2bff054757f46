/**
 * A position row, the same over REST and WebSocket. Rows may grow, so nothing tests their length.
 * There is no price in it: index 16 is a placeholder.
 */
import { z } from 'zod';
import type { Position } from '../../../core/position.ts';
import { isSymbol, type PerpSymbol, quoteOf } from '../../../core/symbol.ts';
import {
  decimalOnWire,
  decimalOrNull,
  idOnWire,
  ignored,
  integerOnWire,
  integerOrNull,
  listOnWire,
  notNegativeOnWire,
  positiveOnWire,
} from '../numbers.ts';
import { readAs } from '../wire-json.ts';

const AT = { symbol: 0, status: 1, id: 11, type: 15, collateral: 17 } as const;
const MARGIN = 0;
const DERIVATIVE = 1;

const nameOnWire = z.string();
const derivativeOnWire = z.literal(DERIVATIVE);
const statusOnWire = z.enum(['ACTIVE', 'CLOSED']);

const symbolOnWire = z
  .string()
  .refine(isSymbol, { error: 'expected a symbol like tBTCF0:USTF0' })
  .transform((text) => text as PerpSymbol);

const activeRow = z.tuple(
  [
    symbolOnWire, // 0 SYMBOL
    z.literal('ACTIVE'), // 1 STATUS
    decimalOnWire, // 2 AMOUNT, signed
    positiveOnWire, // 3 BASE_PRICE
    ignored, // 4 MARGIN_FUNDING
    ignored, // 5 MARGIN_FUNDING_TYPE
    ignored, // 6 PL
    ignored, // 7 PL_PERC
    decimalOrNull, // 8 PRICE_LIQ
    decimalOrNull.catch(null), // 9 LEVERAGE: decides nothing and is nonsense in some frames
    ignored, // 10
    idOnWire, // 11 POSITION_ID
    ignored, // 12 MTS_CREATE
    integerOrNull.catch(null), // 13 MTS_UPDATE
    ignored, // 14
    ignored, // 15 TYPE, looked at before the rest
    ignored, // 16 a placeholder, not a price
    notNegativeOnWire, // 17 COLLATERAL
    decimalOrNull.optional(), // 18 COLLATERAL_MIN
  ],
  ignored, // 19 META (object, string or null) and whatever is added later
);

export type PositionReading =
  | {
      readonly kind: 'position';
      readonly position: Position;
      /** MTS_UPDATE, null where the row does not say. */
      readonly updatedAt: number | null;
    }
  /** A margin position, or one of another settle currency: none of our business. */
  | { readonly kind: 'foreign'; readonly name: string }
  /** Explicitly not open: status CLOSED, or an amount of zero. */
  | {
      readonly kind: 'closed';
      readonly symbol: PerpSymbol;
      readonly positionId: string;
      readonly status: string;
    }
  /** Its collateral is not computed yet: unknown, not zero. */
  | { readonly kind: 'incomplete'; readonly symbol: PerpSymbol };

/** @throws WireFormatError when the row may be a position of ours and cannot be read. */
export function readPositionRow(row: unknown, settleCurrency: string): PositionReading {
  const cells = readAs(listOnWire, row, 'position row');
  const type = readAs(integerOnWire, cells[AT.type], 'position type');
  const name = readAs(nameOnWire, cells[AT.symbol], 'position symbol');
  if (type === MARGIN) return { kind: 'foreign', name };
  if (type !== DERIVATIVE) readAs(derivativeOnWire, type, 'position type');
  const symbol = readAs(symbolOnWire, name, 'position symbol');
  if (quoteOf(symbol) !== settleCurrency) return { kind: 'foreign', name };
  // Only the venue's own word for it makes a position closed; a status unheard of does not.
  const status = readAs(statusOnWire, cells[AT.status], `${symbol} status`);
  if (status === 'CLOSED') return closed(symbol, cells, status);
  if ((cells[AT.collateral] ?? null) === null) return { kind: 'incomplete', symbol };
  return readActive(symbol, cells);
}

function closed(symbol: PerpSymbol, cells: unknown[], status: string): PositionReading {
  const positionId = readAs(idOnWire, cells[AT.id], `${symbol} position id`);
  return { kind: 'closed', symbol, positionId, status };
}

function readActive(symbol: PerpSymbol, cells: unknown[]): PositionReading {
  const row = readAs(activeRow, cells, `position ${symbol}`);
  const amount = row[2];
  if (amount.isZero()) return closed(symbol, cells, 'ACTIVE with amount 0');
  const side = amount.gt(0) ? 'long' : 'short';
  const liquidationPrice = row[8];
  const leverage = row[9];
  // Zero stands for "not computed", and a price below zero can only mean a long out of reach.
  const isTold = liquidationPrice?.gt(0) || (side === 'long' && liquidationPrice?.lt(0));
  return {
    kind: 'position',
    updatedAt: row[13],
    position: {
      id: row[11],
      symbol,
      side,
      quantity: amount.abs(),
      entryPrice: row[3],
      collateralUsd: row[17],
      collateralMinUsd: row[18] ?? null,
      liquidationPrice: isTold ? liquidationPrice : null,
      leverage: leverage?.gt(0) ? leverage : null,
    },
  };
}
