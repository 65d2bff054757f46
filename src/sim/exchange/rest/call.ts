/** What a route is and what its handler gets. */
import type { z } from 'zod';
import type { Contract } from '../../market/index.ts';
import type { SimPosition, World } from '../core/index.ts';
import type { Faults } from '../faults.ts';
import { ERR_GENERIC, ERR_PARAMS, Refusal } from './refusal.ts';

export interface Call {
  readonly world: World;
  readonly faults: Faults;
  readonly path: string;
  /** What the route's pattern captured, decoded. */
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly pattern: RegExp;
  /** Requests of one bucket count together. */
  readonly bucket: string;
  readonly perMinute: number;
  /** Returns the JSON of the reply. @throws Refusal */
  readonly handle: (call: Call) => unknown;
}

/** @throws Refusal naming the first wrong field */
export function readBody<T>(schema: z.ZodType<T>, call: Call): T {
  const parsed = schema.safeParse(call.body);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path[0] ?? 'body';
  throw new Refusal(ERR_PARAMS, `${String(field)}: invalid`);
}

/** @throws Refusal for a symbol that is not traded here */
export function indexOf(world: World, symbol: string): number {
  const index = world.indexOf.get(symbol);
  if (index === undefined) throw new Refusal(ERR_PARAMS, 'symbol: invalid');
  return index;
}

export function contractAt(world: World, index: number): Contract {
  const contract = world.market.contracts[index];
  if (!contract) throw new Refusal(ERR_PARAMS, 'symbol: invalid');
  return contract;
}

export function symbolAt(world: World, index: number): string {
  return contractAt(world, index).symbol;
}

/** @throws Refusal when there is none */
export function positionOf(world: World, symbol: string): SimPosition {
  const position = world.positions.get(indexOf(world, symbol));
  if (!position) throw new Refusal(ERR_GENERIC, 'position: not found');
  return position;
}
