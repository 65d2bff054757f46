/** HTTP: one keep-alive pool per origin, a deadline per request, nothing retried. */
import { Pool } from 'undici';
import { BallastError, messageOf } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HttpReply, HttpTransport, Transport } from './transport.ts';
import { REPLY_BYTES_MAX } from './wire-json.ts';

/** No complete reply arrived. `notSent` when not a byte of the request can have left. */
export class TransportError extends BallastError {
  constructor(
    readonly notSent: boolean,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query, without a leading slash. */
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Gives the request up early; what the venue made of it is then unknown. */
  readonly signal?: AbortSignal;
}

export type { HttpReply } from './transport.ts';

/** Failures of establishing a connection: the request itself was never written. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const CONNECT_TIMEOUT_MS = 5_000;
const KEEP_ALIVE_MS = 300_000;

export class HttpDoor {
  readonly #transport: HttpTransport;
  readonly #prefix: string;
  readonly #clock: Clock;
  readonly #timeoutMs: number;

  constructor(
    baseUrl: string,
    connections: number,
    clock: Clock,
    timeoutMs: number,
    open: Transport['http'] = undiciPool,
  ) {
    const url = new URL(baseUrl);
    this.#prefix = url.pathname.replace(/\/+$/, '');
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
    this.#transport = open(url.origin, connections);
  }

  /** @throws TransportError when no complete reply arrives in time. */
  async send(request: HttpRequest): Promise<HttpReply> {
    const abort = new AbortController();
    const giveUp = (): void => abort.abort();
    const cancel = this.#clock.after(this.#timeoutMs, giveUp);
    request.signal?.addEventListener('abort', giveUp, { once: true });
    if (request.signal?.aborted) giveUp();
    try {
      const wire = {
        method: request.method,
        path: `${this.#prefix}/${request.path}`,
        headers: request.headers ?? {},
        body: request.body ?? null,
      };
      return await this.#transport.request(wire, abort.signal);
    } catch (error) {
      throw this.#failure(error, abort.signal.aborted, request.signal?.aborted ?? false);
    } finally {
      cancel();
      request.signal?.removeEventListener('abort', giveUp);
    }
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  #failure(error: unknown, aborted: boolean, givenUp: boolean): TransportError {
    if (aborted) {
      const why = givenUp ? 'given up for a more urgent one' : `no reply in ${this.#timeoutMs} ms`;
      return new TransportError(false, why);
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'error';
    const message = `${code}: ${messageOf(error)}`;
    return new TransportError(NOT_SENT.has(code), message, { cause: error });
  }
}

function undiciPool(origin: string, connections: number): HttpTransport {
  const pool = new Pool(origin, {
    connections,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: 2 * KEEP_ALIVE_MS,
    maxResponseSize: REPLY_BYTES_MAX,
    // The deadline of each request covers these; two clocks for one wait would only disagree.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: CONNECT_TIMEOUT_MS },
  });
  return {
    async request(request, signal) {
      const reply = await pool.request({ ...request, signal });
      const text = await reply.body.text();
      const retryAfter = reply.headers['retry-after'];
      return { status: reply.statusCode, text, retryAfter: retryAfter?.toString() };
    },
    close: () => pool.destroy(),
  };
}
