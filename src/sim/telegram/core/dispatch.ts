/** One call of the Bot API: fault, method, answer, record. */

import { z } from 'zod';
import type { Clock } from '../../../ports/clock.ts';
import type { FaultKind } from './faults.ts';
import { findMethod, methodNames } from './methods/table.ts';
import { int, json, type Payload, read, type Upload } from './payload.ts';
import { ApiRefusal, type ApiReply, ConnectionReset } from './reply.ts';
import type { World } from './world.ts';

const HANG_MS_MAX = 600_000;

const UPDATES = z.object({
  offset: int.optional(),
  limit: int.optional(),
  timeout: int.optional(),
  allowed_updates: json(z.array(z.string())).optional(),
});

export interface CallOptions {
  readonly uploads?: ReadonlyMap<string, Upload>;
  /** Aborts when the caller hangs up. */
  readonly signal?: AbortSignal;
}

/** @throws ConnectionReset where a fault breaks the connection, or the caller hung up */
export async function dispatch(
  world: World,
  method: string,
  payload: Payload,
  options: CallOptions = {},
): Promise<ApiReply> {
  const name = canonicalName(method);
  const fault = world.faults.take(name);
  const refusal = await beforeEffect(world.clock, fault, options.signal);
  const reply = refusal ?? (await answer(world, name, payload, options));
  record(world, name, payload, reply);
  if (fault?.kind === 'reset_after') throw new ConnectionReset('broken after the effect, by order');
  return reply;
}

function canonicalName(method: string): string {
  if (method.toLowerCase() === 'getupdates') return 'getUpdates';
  return findMethod(method)?.name ?? method;
}

async function beforeEffect(
  clock: Clock,
  fault: FaultKind | undefined,
  signal: AbortSignal | undefined,
): Promise<ApiReply | undefined> {
  if (fault === undefined) return undefined;
  if (fault.kind === 'error') {
    return new ApiRefusal(fault.code, fault.description, fault.retryAfterS).toReply();
  }
  if (fault.kind === 'delay') await clock.sleep(fault.ms);
  if (fault.kind === 'hang') await hang(clock, signal);
  if (fault.kind === 'reset_before')
    throw new ConnectionReset('broken before the effect, by order');
  return undefined;
}

function hang(clock: Clock, signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => {
      cancel();
      reject(new ConnectionReset('no answer, by order'));
    };
    const cancel = clock.after(HANG_MS_MAX, end);
    if (signal?.aborted === true) end();
    else signal?.addEventListener('abort', end, { once: true });
  });
}

async function answer(
  world: World,
  name: string,
  payload: Payload,
  options: CallOptions,
): Promise<ApiReply> {
  try {
    if (name === 'getUpdates') {
      const result = await getUpdates(world, payload, options.signal);
      return { ok: true, result };
    }
    const method = findMethod(name);
    if (method === undefined) throw unknownMethod(name);
    const uploads = options.uploads ?? new Map<string, Upload>();
    return { ok: true, result: method.run({ world, payload, uploads }) };
  } catch (error) {
    if (error instanceof ApiRefusal) return error.toReply();
    throw error;
  }
}

function getUpdates(
  world: World,
  payload: Payload,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const { offset, limit, timeout, allowed_updates: allowed } = read(UPDATES, payload);
  return world.updates.poll({ offset, limit, timeoutS: timeout, allowed }, signal);
}

function unknownMethod(name: string): ApiRefusal {
  const known = methodNames().join(', ');
  return new ApiRefusal(
    404,
    `Not Found: this emulator does not know the method "${name}". It knows: ${known}`,
  );
}

function record(world: World, method: string, payload: Payload, reply: ApiReply): void {
  if (method === 'getUpdates' && reply.ok) return;
  world.calls.add({
    at: world.clock.now(),
    method,
    payload,
    ok: reply.ok,
    code: reply.ok ? 200 : reply.error_code,
    description: reply.ok ? '' : reply.description,
  });
}
