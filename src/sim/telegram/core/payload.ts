/**
 * Readers of call parameters. They arrive typed in JSON, and as strings in forms and multipart,
 * where objects are JSON inside a string: both must read the same.
 */
import { z } from 'zod';
import { badRequest } from './reply.ts';

/** A file that came with a multipart call, by the name it was attached under. */
export interface Upload {
  readonly filename: string;
  readonly bytes: Uint8Array;
}

export type Payload = Readonly<Record<string, unknown>>;

export const int = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^-?\d{1,16}$/)
    .transform(Number),
]);

export const flag = z.union([
  z.boolean(),
  z.enum(['true', 'false', '1', '0']).transform((word) => word === 'true' || word === '1'),
]);

export const chatId = z.union([int, z.string()]);

/** A value that forms carry as JSON in a string. */
export function json<T extends z.ZodType>(schema: T) {
  return z.preprocess(parseIfString, schema);
}

export function parseIfString(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** Reads the parameters of one call. @throws ApiRefusal 400 naming the parameter */
export function read<T extends z.ZodType>(schema: T, payload: Payload): z.output<T> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.join('.') ?? '';
  if (path === 'chat_id' && payload['chat_id'] === undefined) throw badRequest('chat_id is empty');
  throw badRequest(`parameter "${path}" is invalid: ${issue?.message ?? 'unreadable'}`);
}
