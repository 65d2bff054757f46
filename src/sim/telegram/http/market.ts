/** The side panel's window on the exchange simulator. */
import { request } from 'undici';
import { HttpRefusal } from './respond.ts';

const TIMEOUT_MS = 3000;
const NO_MARKET = 'no market is connected: this chat runs without the exchange simulator';

export type MarketCall = (
  method: 'GET' | 'POST',
  path: '/sim/state' | '/sim/shock' | '/sim/fault',
  body?: unknown,
) => Promise<{ readonly status: number; readonly body: string }>;

/** @throws HttpRefusal 503 without a market or when it does not answer */
export function connectMarket(marketUrl: string | undefined): MarketCall {
  return async (method, path, body) => {
    if (marketUrl === undefined) throw new HttpRefusal(503, NO_MARKET);
    try {
      const response = await request(new URL(path, marketUrl), {
        method,
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      return { status: response.statusCode, body: await response.body.text() };
    } catch {
      throw new HttpRefusal(503, 'the exchange simulator does not answer');
    }
  };
}
