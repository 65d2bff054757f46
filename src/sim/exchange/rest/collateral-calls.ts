/** `deriv/collateral/set` (absolute) and `deriv/collateral/limits`. */
import { z } from 'zod';
import { parseDecimal } from '../../../core/decimal.ts';
import { collateralBounds, setCollateral, unitsOf, usdOf } from '../core/index.ts';
import { type Call, indexOf, positionOf, readBody } from './call.ts';
import { ERR_GENERIC, ERR_MARKET_RISK, ERR_PARAMS, Refusal } from './refusal.ts';

const UNITS_MAX_USD = 50_000_000;

const setSchema = z.object({
  symbol: z.string(),
  collateral: z.union([z.number(), z.string().max(40)]),
});

const REFUSALS = {
  no_position: new Refusal(ERR_GENERIC, 'position: not found'),
  market_risk: new Refusal(ERR_MARKET_RISK, 'collateral: market risk'),
  not_enough_balance: new Refusal(ERR_GENERIC, 'Invalid collateral: not enough balance'),
};

export function collateralSet(call: Call): unknown {
  const { symbol, collateral } = readBody(setSchema, call);
  const index = indexOf(call.world, symbol);
  const target = unitsOf(amountOf(collateral));
  if (call.faults.strike('set_without_effect', call.path)) return [[1]];
  const result = setCollateral(call.world, index, target);
  if (result !== 'done') throw REFUSALS[result];
  return [[1]];
}

function amountOf(collateral: number | string) {
  try {
    const amount = parseDecimal(String(collateral));
    if (amount.gt(0) && amount.lt(UNITS_MAX_USD)) return amount;
  } catch {
    // Said below, in the venue's words.
  }
  throw new Refusal(ERR_PARAMS, 'collateral: invalid');
}

export function collateralLimits(call: Call): unknown {
  const { symbol } = readBody(z.object({ symbol: z.string() }), call);
  const { min, max } = collateralBounds(call.world, positionOf(call.world, symbol));
  return [usdOf(min), usdOf(max)];
}
