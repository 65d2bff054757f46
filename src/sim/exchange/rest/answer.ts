/** From a received request to the reply the venue gives: limits, signature, route, refusals. */
import { messageOf } from '../../../core/errors.ts';
import type { Received } from '../http/receive.ts';
import type { Venue } from '../venue.ts';
import { ERR_PARAMS, EVT_MAINTENANCE, Refusal } from './refusal.ts';
import type { Match } from './routes.ts';
import { matchRoute, SIGNED_PREFIX } from './routes.ts';

export interface Reply {
  readonly status: number;
  readonly text: string;
  /** For the request log. */
  readonly outcome: string;
}

export const json = (status: number, body: unknown, outcome: string): Reply => ({
  status,
  text: JSON.stringify(body),
  outcome,
});

export function rateLimited(outcome: string): Reply {
  return json(429, { error: 'ERR_RATE_LIMIT' }, outcome);
}

export function refused({ status, code, text }: Refusal): Reply {
  return json(status, ['error', code, text], `refused ${code} ${text}`);
}

const NOT_FOUND = new Refusal(ERR_PARAMS, 'endpoint: unknown', 404);
const MAINTENANCE = new Refusal(EVT_MAINTENANCE, 'maintenance');
const STATUS_PATH = '/v2/platform/status';

export function answer(venue: Venue, received: Received): Reply {
  const match = matchRoute(received.method, received.path);
  const bucket = match?.route.bucket ?? 'unknown';
  if (!venue.limits.admits(received.address, bucket, match?.route.perMinute ?? 90)) {
    return rateLimited('rate limited');
  }
  try {
    return json(200, dispatch(venue, received, match), 'ok');
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    venue.log.error({ path: received.path, reason: messageOf(error) }, 'a handler failed');
    return refused(new Refusal(10_000, 'unknown error'));
  }
}

function dispatch(venue: Venue, received: Received, match: Match | undefined): unknown {
  const { path, query, body } = received;
  const { world, faults } = venue;
  if (path !== STATUS_PATH && faults.strike('maintenance', path)) throw MAINTENANCE;
  if (path.startsWith(SIGNED_PREFIX) && received.method === 'POST') checkSignature(venue, received);
  if (!match) throw NOT_FOUND;
  if (body === undefined) throw new Refusal(ERR_PARAMS, 'body: invalid');
  venue.catchUp();
  return match.route.handle({ world, faults, path, query, body, params: match.params });
}

function checkSignature({ keys }: Venue, received: Received): void {
  const { headers } = received;
  const header = (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const nonce = header('bfx-nonce');
  const paths = [received.rawPath, received.path];
  keys.check({
    apiKey: header('bfx-apikey'),
    nonce,
    signature: header('bfx-signature'),
    payloads: paths.map((path) => `/api${path}${nonce}${received.rawBody}`),
  });
}
