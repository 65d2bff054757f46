/** Serving a request of the venue with whatever fault is on: before the effect or after it. */
import type { ServerResponse } from 'node:http';
import { MINUTE_MS } from '../../../core/time.ts';
import type { FaultKind } from '../faults.ts';
import { answer, json, type Reply, rateLimited, refused } from '../rest/answer.ts';
import { ERR_AUTH_NONCE, ERR_RATE, Refusal } from '../rest/refusal.ts';
import { SIGNED_PREFIX } from '../rest/routes.ts';
import type { Venue } from '../venue.ts';
import type { Received } from './receive.ts';

/** What becomes of the connection: a reply, silence, or a cut. */
export type Ending =
  | { readonly kind: 'reply'; readonly reply: Reply; readonly type?: string }
  | { readonly kind: 'silence'; readonly outcome: string }
  | { readonly kind: 'reset'; readonly outcome: string };

const HTML = '<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>';
const UNAVAILABLE = { code: 503, error: 'temporarily_unavailable', error_description: 'try later' };

const BEFORE: readonly FaultKind[] = [
  'timeout_before',
  'reset_before',
  'error_500_before',
  'html_200',
  'rate_limit',
  'rate_limit_array',
  'nonce_small',
];
const AFTER: readonly FaultKind[] = ['timeout_after', 'reset_after', 'error_500_after', 'cut_json'];

/** Runs the request against the world and decides how it ends. */
export async function serve(venue: Venue, received: Received): Promise<Ending> {
  const { faults, clock } = venue;
  const { path } = received;
  const slow = faults.strike('latency', path);
  if (slow) await clock.sleep(slow.ms);
  for (const kind of BEFORE) {
    if (kind === 'nonce_small' && !path.startsWith(SIGNED_PREFIX)) continue;
    if (faults.strike(kind, path)) return before(venue, received, kind);
  }
  const reply = answer(venue, received);
  venue.flush();
  const kind = AFTER.find((one) => faults.strike(one, path));
  return kind ? after(reply, kind) : { kind: 'reply', reply };
}

function before(venue: Venue, received: Received, kind: FaultKind): Ending {
  const outcome = `fault ${kind}`;
  const reply = (made: Reply): Ending => ({ kind: 'reply', reply: { ...made, outcome } });
  switch (kind) {
    case 'timeout_before':
      return { kind: 'silence', outcome };
    case 'reset_before':
      return { kind: 'reset', outcome };
    case 'html_200':
      return { kind: 'reply', reply: { status: 200, text: HTML, outcome }, type: 'text/html' };
    case 'rate_limit':
      venue.limits.block(received.address, MINUTE_MS);
      return reply(rateLimited(outcome));
    case 'rate_limit_array':
      return reply(refused(new Refusal(ERR_RATE, 'ratelimit: error')));
    case 'nonce_small':
      return reply(refused(new Refusal(ERR_AUTH_NONCE, 'nonce: small')));
    default:
      return reply(json(500, UNAVAILABLE, outcome));
  }
}

function after(reply: Reply, kind: FaultKind): Ending {
  const outcome = `fault ${kind} after ${reply.outcome}`;
  switch (kind) {
    case 'timeout_after':
      return { kind: 'silence', outcome };
    case 'reset_after':
      return { kind: 'reset', outcome };
    case 'cut_json': {
      const text = reply.text.slice(0, Math.floor(reply.text.length / 2));
      return { kind: 'reply', reply: { ...reply, text, outcome } };
    }
    default:
      return { kind: 'reply', reply: json(500, UNAVAILABLE, outcome) };
  }
}

/** Carries an ending out on the wire. Silence lasts until the client hangs up. */
export function conclude(response: ServerResponse, ending: Ending): number | null {
  switch (ending.kind) {
    case 'silence':
      return null;
    case 'reset':
      response.socket?.resetAndDestroy();
      return null;
    default: {
      const { status, text } = ending.reply;
      response.writeHead(status, {
        'content-type': `${ending.type ?? 'application/json'}; charset=utf-8`,
        'content-length': Buffer.byteLength(text),
      });
      response.end(text);
      return status;
    }
  }
}
