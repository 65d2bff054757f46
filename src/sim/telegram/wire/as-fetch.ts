/** The emulator as a `fetch`, without a socket: `new Bot(token, { client: { fetch } })`. */
import type { TelegramCore } from '../core/core.ts';
import { ConnectionReset } from '../core/reply.ts';
import { handleBotRequest } from './bot-api.ts';

interface FetchInit {
  readonly body?: unknown;
  readonly headers?: unknown;
  readonly signal?: AbortSignal | null;
}

/** Broken connections reject with a TypeError, aborts with an AbortError, as in the real one. */
export function asFetch(core: TelegramCore): typeof fetch {
  return async (input, init) => {
    const options: FetchInit = init ?? {};
    const url = new URL(input instanceof Request ? input.url : String(input));
    const signal = options.signal ?? undefined;
    const body = await collect(options.body);
    try {
      const response = await handleBotRequest(core, {
        path: url.pathname,
        query: url.searchParams,
        contentType: contentTypeOf(options.headers),
        body,
        ...(signal === undefined ? {} : { signal }),
      });
      return new Response(Uint8Array.from(response.body), {
        status: response.status,
        headers: { 'content-type': response.contentType },
      });
    } catch (error) {
      if (!(error instanceof ConnectionReset)) throw error;
      if (signal?.aborted === true) throw new DOMException('aborted', 'AbortError');
      throw new TypeError('fetch failed', { cause: error });
    }
  };
}

function contentTypeOf(headers: unknown): string {
  if (headers instanceof Headers) return headers.get('content-type') ?? '';
  if (typeof headers !== 'object' || headers === null) return '';
  for (const [name, value] of Object.entries(headers)) {
    if (name.toLowerCase() === 'content-type' && typeof value === 'string') return value;
  }
  return '';
}

async function collect(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return Buffer.from(body);
  if (!isAsyncIterable(body)) throw new TypeError('a string, bytes or a stream expected as body');
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) {
    if (chunk instanceof Uint8Array) chunks.push(chunk);
    else if (typeof chunk === 'string') chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
