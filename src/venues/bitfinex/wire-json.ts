/** JSON text from the wire, with every number kept as the text it had: no money through a float. */
import { parse } from 'lossless-json';
import type { z } from 'zod';
import { BallastError, messageOf } from '../../core/errors.ts';

/** What arrived does not have the form the protocol promises. Changes nothing, proves nothing. */
export class WireFormatError extends BallastError {}

/** Above this a reply is not one of ours; it also bounds the time parsing can take. */
export const REPLY_BYTES_MAX = 8 * 1024 * 1024;

/**
 * Parses text to arrays, objects, strings, booleans, null and `LosslessNumber`.
 * @throws WireFormatError when the text is no JSON, cut short or nested beyond reason.
 */
export function parseWire(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const start = text.slice(0, 60).replaceAll(/\s+/g, ' ');
    throw new WireFormatError(`expected JSON, was ${JSON.stringify(start)}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/**
 * Checks a parsed value against its schema.
 * @throws WireFormatError naming the first place that differs, never the whole value.
 */
export function readAs<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new WireFormatError(`${what}: ${firstIssue(read.error)}`);
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'unreadable';
  const place = issue.path.length > 0 ? `at ${issue.path.join('.')}: ` : '';
  return `${place}${issue.message}`.slice(0, 200);
}
