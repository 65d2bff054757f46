/** From the bytes of a request to the parameters of a call. */
import type { Payload, Upload } from '../core/payload.ts';
import { badRequest } from '../core/reply.ts';
import { readMultipart } from './multipart.ts';

export interface CallBody {
  readonly payload: Payload;
  readonly uploads: ReadonlyMap<string, Upload>;
}

/** Parameters may come in the query, as JSON, as a form or as multipart. @throws ApiRefusal 400 */
export function readBody(contentType: string, body: Buffer, query: URLSearchParams): CallBody {
  const fromQuery = Object.fromEntries(query);
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (body.length === 0) return { payload: fromQuery, uploads: new Map() };
  if (type === 'multipart/form-data') {
    const { fields, uploads } = readMultipart(contentType, body);
    return { payload: { ...fromQuery, ...Object.fromEntries(fields) }, uploads };
  }
  if (type === 'application/x-www-form-urlencoded') {
    const form = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
    return { payload: { ...fromQuery, ...form }, uploads: new Map() };
  }
  return { payload: { ...fromQuery, ...readJson(body.toString('utf8')) }, uploads: new Map() };
}

function readJson(text: string): Payload {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest("can't parse JSON object");
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest("can't parse JSON object: an object expected");
  }
  return Object.fromEntries(Object.entries(value));
}
