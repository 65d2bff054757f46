/**
 * `POST v2/auth/w/deriv/collateral/set`: sets the collateral of a position to an absolute amount.
 * The answer `[[1]]` (or `[1]`) says that it was accepted; it does not carry the new collateral.
 */
import { isLosslessNumber } from 'lossless-json';
import type { SetCollateral } from '../../../core/action.ts';
import { toWire } from '../../../core/decimal.ts';
import { confirmed, type Outcome, rejected, unknown } from '../../../core/outcome.ts';
import type { SignedWrite } from '../call.ts';
import { AMOUNT_REFUSALS } from '../errors.ts';

export function collateralSetCall(action: SetCollateral): SignedWrite {
  return {
    name: 'collateral set',
    path: 'v2/auth/w/deriv/collateral/set',
    bucket: 'collateral_set',
    // A decimal string, as the official Python client sends it: no exponent, no float.
    body: { symbol: action.symbol, collateral: toWire(action.toUsd) },
    judge: judgeCollateralSet,
    amountRefusals: AMOUNT_REFUSALS,
  };
}

export function judgeCollateralSet(answer: unknown): Outcome {
  if (!Array.isArray(answer)) return unknown('expected [[1]], was no array');
  if (answer.length === 0) return rejected('not_set', 'the venue answered []', true);
  const [first] = answer;
  if (Array.isArray(first)) {
    if (isNumber(first[0], '1')) return confirmed('accepted');
    if (isNumber(first[0], '0')) return rejected('not_set', 'the venue answered [[0]]', true);
  }
  return isNumber(first, '1') ? confirmed('accepted') : unknown('expected [[1]], was another form');
}

function isNumber(value: unknown, text: string): boolean {
  return isLosslessNumber(value) && value.value === text;
}
