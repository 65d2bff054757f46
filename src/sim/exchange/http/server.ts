/** The HTTP server: the venue's own paths, `/sim/` for whoever steers it, WebSocket upgrades. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { messageOf } from '../../../core/errors.ts';
import { refusalOf } from '../../foreign-pages.ts';
import { BodyTooLargeError } from '../../read-body.ts';
import { handleControl } from '../control/control.ts';
import { json } from '../rest/answer.ts';
import type { Venue } from '../venue.ts';
import { conclude, type Ending, serve } from './faulty.ts';
import { type Received, receive } from './receive.ts';

const LOGGED_BODY_MAX = 2_000;

export type Steer = Parameters<typeof handleControl>[1];

export function createExchangeServer(venue: Venue, steer: Steer): Server {
  const server = createServer((request, response) => {
    handle(venue, steer, request, response).catch((error: unknown) => {
      const reason = messageOf(error);
      if (error instanceof BodyTooLargeError) conclude(response, refused(413, reason));
      else {
        venue.log.warn({ reason }, 'a request could not be served');
        response.destroy();
      }
    });
  });
  // Longer than any client keeps its connections, so that none is closed under a request.
  server.keepAliveTimeout = 120_000;
  return server;
}

async function handle(
  venue: Venue,
  steer: Steer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = refusalOf(request);
  if (refusal !== null) {
    conclude(response, refused(403, refusal));
    return;
  }
  const arrivedAt = venue.clock.now();
  const arrivedMs = venue.clock.monotonicMs();
  const received = await receive(request);
  const isControl = received.path.startsWith('/sim/');
  const entry =
    isControl && received.method === 'GET'
      ? null
      : venue.requests.add({ ms: arrivedAt, ...logged(received) });
  const ending: Ending = isControl
    ? { kind: 'reply', reply: handleControl(venue, steer, received) }
    : await serve(venue, received);
  const status = conclude(response, ending);
  if (!entry) return;
  entry.status = status;
  entry.outcome = ending.kind === 'reply' ? ending.reply.outcome : ending.outcome;
  entry.tookMs = Number((venue.clock.monotonicMs() - arrivedMs).toFixed(3));
}

function refused(status: number, error: string): Ending {
  return { kind: 'reply', reply: json(status, { error }, `refused ${error}`) };
}

function logged({ method, path, query, rawBody, body }: Received) {
  return {
    method,
    path,
    query: query.toString(),
    body: rawBody === '' ? null : (body ?? rawBody.slice(0, LOGGED_BODY_MAX)),
  };
}
