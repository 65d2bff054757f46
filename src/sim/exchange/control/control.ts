/** `/sim/…`: looking inside, pushing prices, switching faults, replacing the book. */
import type { z } from 'zod';
import { matchSymbol } from '../../../core/symbol.ts';
import { SECOND_MS } from '../../../core/time.ts';
import { bodyRefusalOf } from '../../foreign-pages.ts';
import { replaceBook, shock, terminateBest } from '../core/index.ts';
import { FAULT_KINDS } from '../faults.ts';
import type { Received } from '../http/receive.ts';
import { json, type Reply } from '../rest/answer.ts';
import type { Venue } from '../venue.ts';
import { bookEntries } from './book-request.ts';
import { bookSchema, faultSchema, logQuerySchema, shockSchema } from './schemas.ts';
import { stateOf } from './state.ts';

/** What only the sockets can do. */
export interface WsFaults {
  drop(): void;
  stop(): void;
  maintenance(seconds: number): void;
}

const MAINTENANCE_DEFAULT_SECONDS = 5;

const done = (body: unknown): Reply => json(200, body, 'ok');
const wrong = (error: string): Reply => json(400, { error }, `refused ${error}`);

export function handleControl(venue: Venue, ws: WsFaults, received: Received): Reply {
  const refusal = received.method === 'POST' ? bodyRefusalOf(received.headers) : null;
  if (refusal !== null) return json(415, { error: refusal }, `refused ${refusal}`);
  const reply = dispatch(venue, ws, received);
  venue.flush();
  return reply;
}

function dispatch(venue: Venue, ws: WsFaults, received: Received): Reply {
  switch (`${received.method} ${received.path}`) {
    case 'GET /sim/log':
      return withInput(logQuerySchema, Object.fromEntries(received.query), (query) =>
        done(venue.requests.since(query.since, query.path, query.limit)),
      );
    case 'GET /sim/state':
      return done(stateOf(venue));
    case 'GET /sim/fault':
      return done({ kinds: FAULT_KINDS, active: venue.faults.list() });
    case 'POST /sim/shock':
      return withInput(shockSchema, received.body, (input) => pushPrices(venue, input));
    case 'POST /sim/fault':
      return withInput(faultSchema, received.body, (input) => switchFault(venue, ws, input));
    case 'DELETE /sim/fault':
      venue.faults.clear();
      return done({ active: [] });
    case 'POST /sim/positions':
      return withInput(bookSchema, received.body, (input) => replace(venue, input));
    default:
      return json(404, { error: `nothing at ${received.method} ${received.path}` }, 'unknown path');
  }
}

function withInput<T>(schema: z.ZodType<T>, input: unknown, run: (value: T) => Reply): Reply {
  const parsed = schema.safeParse(input);
  if (parsed.success) return run(parsed.data);
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  return wrong(`${where === '' ? 'body' : where}: ${issue?.message ?? 'wrong'}`);
}

function pushPrices(venue: Venue, input: z.infer<typeof shockSchema>): Reply {
  const { world, speed } = venue;
  venue.catchUp();
  const { contracts } = world.market;
  const symbols = contracts.map(({ symbol }) => symbol);
  const symbol = input.symbol === '*' ? '*' : matchSymbol(input.symbol, symbols);
  if (symbol === undefined) return wrong(`symbol: expected one of ${symbols.join(', ')} or *`);
  const target = symbol === '*' ? 'all' : (world.indexOf.get(symbol) ?? 'all');
  const isTaken = shock(world, target, input.pct / 100, input.seconds * SECOND_MS * speed);
  if (!isTaken) return json(429, { error: 'too many shocks are under way' }, 'too many shocks');
  return done({ symbol, pct: input.pct, seconds: input.seconds });
}

function switchFault(venue: Venue, ws: WsFaults, input: z.infer<typeof faultSchema>): Reply {
  const { kind, count, seconds } = input;
  if (kind === 'none') {
    venue.faults.clear();
    return done({ active: [] });
  }
  if (kind === 'adl') {
    venue.catchUp();
    let terminated = 0;
    for (let i = 0; i < (count ?? 1); i += 1) if (terminateBest(venue.world)) terminated += 1;
    return done({ terminated });
  }
  if (kind === 'ws_stop') ws.stop();
  else if (kind === 'ws_maintenance') ws.maintenance(seconds ?? MAINTENANCE_DEFAULT_SECONDS);
  else if (kind === 'ws_drop') ws.drop();
  const isOver = kind === 'ws_stop' || kind === 'ws_maintenance';
  const isMoment = kind === 'ws_drop' && seconds === undefined;
  if (!isOver && !isMoment) venue.faults.add({ ...input, kind });
  return done({ active: venue.faults.list() });
}

function replace(venue: Venue, input: z.infer<typeof bookSchema>): Reply {
  venue.catchUp();
  const made = bookEntries(venue.world, input);
  if ('error' in made) return wrong(made.error);
  replaceBook(venue.world, made.entries, input.available ?? made.freeUsd);
  return done(stateOf(venue));
}
