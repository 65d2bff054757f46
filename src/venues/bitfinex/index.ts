/**
 * Bitfinex derivatives (API v2): this folder's only door.
 *
 *   REST:  venue → client → limits → lane → nonce → sign → http
 *   live:  feed → public connections (marks), account connection (positions, wallet)
 */
import type { Feed } from '../../ports/feed.ts';
import type { Venue } from '../../ports/venue.ts';
import { RestClient } from './client.ts';
import { createFeed } from './feed/feed.ts';
import { HttpDoor } from './http.ts';
import { Lane } from './lane.ts';
import { RateLimiter } from './limits.ts';
import { NonceSource } from './nonce.ts';
import { type BitfinexOptions, checkOptions } from './options.ts';
import { Reader } from './reader.ts';
import { Sleeper } from './sleeper.ts';
import { createVenue } from './venue.ts';

export type { BitfinexOptions } from './options.ts';
export type * from './transport.ts';

/** One for the read under way, one for the write that does not wait for it. */
const SIGNED_CONNECTIONS = 2;
const PUBLIC_CONNECTIONS = 4;
/** An authentication that is slower than this gives way to a write that waits behind it. */
const AUTH_HOLDS_WRITE_MS = 1_000;

/**
 * Builds the client of one account. Nothing is sent before the first call or `feed.start`.
 * Close the feed first, then the venue.
 * @throws BallastError when an option is out of range.
 */
export function createBitfinex(options: BitfinexOptions): { venue: Venue; feed: Feed } {
  const checked = checkOptions(options);
  const { settleCurrency, timeoutMs, retry, publicConnectionsPerMinute, limitFactor, ...urls } =
    checked;
  const { clock, random, counter, transport } = options;
  const log = options.log.child({ venue: 'bitfinex' });
  const credentials = { apiKey: options.apiKey, apiSecret: options.apiSecret };
  const limiter = new RateLimiter(clock, random, limitFactor);
  limiter.continueFrom(options.earlierWrites ?? null);
  const sleeper = new Sleeper(clock);
  const reader = new Reader({ clock, random, log, limiter, sleeper, retry });
  const client = new RestClient({
    clock,
    log,
    credentials,
    limiter,
    sleeper,
    reader,
    signedDoor: new HttpDoor(urls.restUrl, SIGNED_CONNECTIONS, clock, timeoutMs, transport?.http),
    publicDoor: new HttpDoor(
      urls.publicRestUrl,
      PUBLIC_CONNECTIONS,
      clock,
      timeoutMs,
      transport?.http,
    ),
    lane: new Lane(clock, AUTH_HOLDS_WRITE_MS),
    nonces: new NonceSource(clock, counter),
  });
  const feed = createFeed({
    wsUrl: urls.wsUrl,
    publicWsUrl: urls.publicWsUrl,
    settleCurrency,
    credentials,
    publicConnectionsPerMinute,
    ...(transport ? { connect: transport.socket } : {}),
    client,
    clock,
    random,
    log,
  });
  return { venue: createVenue({ client, reader, clock, log, settleCurrency }), feed };
}
