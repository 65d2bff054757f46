/**
 * A wallet row. Derivative funds are the row of type `margin` and currency `USTF0`; the balance
 * includes collateral in positions, the available balance does not and may be null: unknown.
 */
import { z } from 'zod';
import type { Wallet } from '../../../core/position.ts';
import { decimalOnWire, decimalOrNull, ignored } from '../numbers.ts';
import { readAs, WireFormatError } from '../wire-json.ts';

const AT = { type: 0, currency: 1 } as const;
const DERIVATIVE_TYPES: ReadonlySet<unknown> = new Set(['margin', 'deriv']);

const walletRow = z.tuple(
  [
    z.string(), // 0 TYPE
    z.string(), // 1 CURRENCY
    decimalOnWire, // 2 BALANCE
    ignored, // 3 UNSETTLED_INTEREST
    decimalOrNull.optional(), // 4 AVAILABLE_BALANCE
  ],
  ignored, // 5 LAST_CHANGE, 6 LAST_CHANGE_METADATA
);

/** True for the row that holds the derivative funds in this currency. */
export function isDerivativeWallet(row: unknown, currency: string): boolean {
  return Array.isArray(row) && row[AT.currency] === currency && DERIVATIVE_TYPES.has(row[AT.type]);
}

/** @throws WireFormatError */
export function readWalletRow(value: unknown): Wallet {
  const row = readAs(walletRow, value, 'wallet row');
  return { currency: row[1], balanceUsd: row[2], availableUsd: row[4] ?? null };
}

/**
 * Picks the one wallet of derivative funds.
 * @throws WireFormatError when none or more than one row could be it: a guess would be acted on.
 */
export function findDerivativeWallet(rows: readonly unknown[], currency: string): Wallet {
  const matching = rows.filter((row) => isDerivativeWallet(row, currency));
  const [only] = matching;
  if (matching.length !== 1) {
    throw new WireFormatError(
      `expected one margin wallet in ${currency}, was ${matching.length} of ${rows.length} rows`,
    );
  }
  return readWalletRow(only);
}
