/** The emulator on loopback: Bot API, automation interface, page. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { messageOf } from '../../../core/errors.ts';
import type { Logger } from '../../../ports/logger.ts';
import { bodyRefusalOf, refusalOf } from '../../foreign-pages.ts';
import { ConnectionReset, UserSideError } from '../core/reply.ts';
import { handleBotRequest, isBotPath } from '../wire/bot-api.ts';
import { type ApiContext, GETS, POSTS } from './api.ts';
import { HttpRefusal, readAll, send, sendJson } from './respond.ts';
import type { EventStreams } from './sse.ts';
import type { StaticFile } from './static-files.ts';

const API_BODY_BYTES_MAX = 64 * 1024;
const BOT_BODY_BYTES_MAX = 52 * 1024 * 1024;
/** Longer than a bot pauses between calls: no call meets a connection that is just closing. */
const KEEP_ALIVE_MS = 75_000;
const SHOWN_IN_PAGE = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

export interface ServerParts extends ApiContext {
  readonly streams: EventStreams;
  readonly page: ReadonlyMap<string, StaticFile>;
  readonly log: Logger;
}

export function createTelegramServer(parts: ServerParts): Server {
  const server = createServer((request, response) => {
    handle(parts, request, response).catch((error: unknown) => fail(parts, response, error));
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return server;
}

async function handle(
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = refusalOf(request);
  if (refusal !== null) throw new HttpRefusal(403, refusal);
  const url = urlOf(request.url ?? '/');
  if (isBotPath(url.pathname)) await botCall(parts, url, request, response);
  else if (request.method === 'GET') await get(parts, url, response);
  else if (request.method === 'POST') await post(parts, url, request, response);
  else throw new HttpRefusal(405, `GET or POST expected, was ${request.method ?? 'nothing'}`);
}

/** @throws HttpRefusal 400 for a target that is no URL or whose path cannot be decoded */
function urlOf(target: string): URL {
  try {
    const url = new URL(target, 'http://127.0.0.1');
    decodeURIComponent(url.pathname);
    return url;
  } catch {
    throw new HttpRefusal(400, 'the request names no readable URL');
  }
}

async function get(parts: ServerParts, url: URL, response: ServerResponse): Promise<void> {
  const path = url.pathname;
  const file = parts.page.get(path);
  const run = GETS.get(path);
  if (file !== undefined) send(response, 200, file.contentType, file.body);
  else if (run !== undefined) reply(response, await run(parts, url.searchParams));
  else if (path === '/api/events') parts.streams.open(response);
  else if (path.startsWith('/media/')) media(parts, path, response);
  else throw new HttpRefusal(404, `nothing is at ${path}`);
}

async function post(
  parts: ServerParts,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const run = POSTS.get(url.pathname);
  if (run === undefined) throw new HttpRefusal(404, `nothing takes a POST at ${url.pathname}`);
  const refusal = bodyRefusalOf(request.headers);
  if (refusal !== null) throw new HttpRefusal(415, refusal);
  const body = parseJson((await readAll(request, API_BODY_BYTES_MAX)).toString('utf8'));
  reply(response, await run(parts, body));
}

function reply(
  response: ServerResponse,
  answer: { status: number; value?: unknown; raw?: string },
): void {
  const body = answer.raw ?? JSON.stringify(answer.value);
  send(response, answer.status, 'application/json; charset=utf-8', body);
}

function media(parts: ServerParts, path: string, response: ServerResponse): void {
  const file = parts.core.files.find(decodeURIComponent(path.slice('/media/'.length)));
  if (file === undefined) throw new HttpRefusal(404, 'no such file');
  const body = Buffer.from(file.bytes);
  const mime = file.image?.mime ?? '';
  if (file.kind === 'photo' && SHOWN_IN_PAGE.has(mime)) {
    send(response, 200, mime, body);
    return;
  }
  const name = encodeURIComponent(file.filename.replace(/\p{Surrogate}/gu, '?'));
  send(response, 200, 'application/octet-stream', body, {
    'content-disposition': `attachment; filename*=UTF-8''${name}`,
  });
}

async function botCall(
  parts: ServerParts,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const hungUp = new AbortController();
  response.on('close', () => hungUp.abort());
  const body = await readAll(request, BOT_BODY_BYTES_MAX);
  const answer = await handleBotRequest(parts.core, {
    path: url.pathname,
    query: url.searchParams,
    contentType: request.headers['content-type'] ?? '',
    body,
    signal: hungUp.signal,
  });
  send(response, answer.status, answer.contentType, answer.body);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new HttpRefusal(400, 'the body must be JSON');
  }
}

function fail(parts: ServerParts, response: ServerResponse, error: unknown): void {
  if (error instanceof ConnectionReset) response.destroy();
  else if (response.headersSent) response.end();
  else if (error instanceof HttpRefusal) sendJson(response, error.status, says(error.message));
  else if (error instanceof UserSideError) sendJson(response, 400, says(error.message));
  else {
    parts.log.error({ error: messageOf(error) }, 'the chat emulator failed at a request');
    sendJson(response, 500, says('the emulator failed at this request'));
  }
}

function says(error: string): { error: string } {
  return { error };
}
