/** Reading a request: raw body for the signature, parsed body for the handler. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { readBody } from '../../read-body.ts';

export interface Received {
  readonly method: string;
  /** As sent, without the query. */
  readonly rawPath: string;
  /** Decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly rawBody: string;
  /** Undefined when the body is not JSON. */
  readonly body: unknown;
  readonly address: string;
  readonly headers: IncomingHttpHeaders;
}

const BODY_BYTES_MAX = 1024 * 1024;

/** @throws BodyTooLargeError */
export async function receive(message: IncomingMessage): Promise<Received> {
  return receivedFrom({
    method: message.method ?? 'GET',
    url: message.url ?? '/',
    rawBody: (await readBody(message, BODY_BYTES_MAX)).toString(),
    address: message.socket.remoteAddress ?? 'unknown',
    headers: message.headers,
  });
}

/** Reads a request that came by whatever way. */
export function receivedFrom(
  request: Pick<Received, 'method' | 'rawBody' | 'address' | 'headers'> & { readonly url: string },
): Received {
  const { url, method, rawBody, address, headers } = request;
  const [rawPath = '/', query = ''] = url.split('?');
  return {
    method,
    rawPath,
    path: decoded(rawPath),
    query: new URLSearchParams(query),
    rawBody,
    body: parsed(rawBody),
    address,
    headers,
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** An absent body counts as an empty object: one official client sends none. */
function parsed(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
