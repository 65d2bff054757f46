import { BallastError } from '../../../core/errors.ts';

export const ERR_GENERIC = 10_001;
export const ERR_PARAMS = 10_020;
export const ERR_AUTH_FAIL = 10_100;
export const ERR_AUTH_NONCE = 10_114;
export const ERR_RATE = 11_010;
export const EVT_MAINTENANCE = 20_060;
export const ERR_MARKET_RISK = 110_202;

/** A refusal as the venue words it: `["error", code, text]`, usually with HTTP 500. */
export class Refusal extends BallastError {
  constructor(
    readonly code: number,
    readonly text: string,
    readonly status = 500,
  ) {
    super(`${code} ${text}`);
  }
}
