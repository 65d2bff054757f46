/** The Bot API's addresses: `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
import { timingSafeEqual } from 'node:crypto';
import type { TelegramCore } from '../core/core.ts';
import { ApiRefusal, type ApiReply } from '../core/reply.ts';
import { readBody } from './body.ts';

export interface BotRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Buffer;
  readonly signal?: AbortSignal;
}

export interface BotResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

export function isBotPath(path: string): boolean {
  return path.startsWith('/bot') || path.startsWith('/file/bot');
}

/** @throws ConnectionReset when the connection is to break */
export async function handleBotRequest(
  core: TelegramCore,
  request: BotRequest,
): Promise<BotResponse> {
  try {
    const file = /^\/file\/bot([^/]+)\/(.+)$/.exec(request.path);
    if (file !== null) return download(core, file[1] ?? '', file[2] ?? '');
    const call = /^\/bot([^/]*)\/([^/]*)\/?$/.exec(request.path);
    if (call === null) throw new ApiRefusal(404, 'Not Found');
    checkToken(core, call[1] ?? '');
    const { payload, uploads } = readBody(request.contentType, request.body, request.query);
    const signal = request.signal === undefined ? {} : { signal: request.signal };
    return toResponse(await core.dispatch(call[2] ?? '', payload, { uploads, ...signal }));
  } catch (error) {
    if (error instanceof ApiRefusal) return toResponse(error.toReply());
    throw error;
  }
}

function toResponse(reply: ApiReply): BotResponse {
  return {
    status: reply.ok ? 200 : reply.error_code,
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify(reply)),
  };
}

function download(core: TelegramCore, token: string, path: string): BotResponse {
  checkToken(core, token);
  const file = core.files.byPath(path);
  if (file === undefined) throw new ApiRefusal(404, 'Not Found: no such file');
  const contentType = 'application/octet-stream';
  return { status: 200, contentType, body: Buffer.from(file.bytes) };
}

function checkToken(core: TelegramCore, token: string): void {
  const expected = Buffer.from(core.botToken);
  const given = Buffer.from(decodeURIComponent(token));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new ApiRefusal(401, 'Unauthorized');
  }
}
