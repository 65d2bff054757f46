/** `POST v2/auth/calc/deriv/collateral/limits`: the bounds for one open position, right now. */
import { z } from 'zod';
import type { CollateralLimits } from '../../../core/position.ts';
import type { PerpSymbol } from '../../../core/symbol.ts';
import type { SignedRead } from '../call.ts';
import { ignored, notNegativeOnWire } from '../numbers.ts';
import { readAs } from '../wire-json.ts';

const limits = z.tuple(
  [
    notNegativeOnWire, // 0 MIN_COLLATERAL, absolute
    notNegativeOnWire, // 1 MAX_COLLATERAL, absolute
  ],
  ignored,
);

export function collateralLimitsCall(symbol: PerpSymbol): SignedRead<CollateralLimits> {
  return {
    name: 'collateral limits',
    path: 'v2/auth/calc/deriv/collateral/limits',
    bucket: 'collateral_limits',
    lane: 'urgent_read',
    body: { symbol },
    read: (answer) => {
      const [minUsd, maxUsd] = readAs(limits, answer, `collateral limits of ${symbol}`);
      return { minUsd, maxUsd };
    },
  };
}
