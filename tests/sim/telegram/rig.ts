/** Shared by the emulator's tests: a core on a manual clock, a running server, small helpers. */
import { request } from 'node:http';
import { systemClock } from '../../../src/ops/clock.ts';
import { createLogger } from '../../../src/ops/logger.ts';
import {
  createTelegram,
  DEMO_USERS,
  type RunningTelegram,
  startTelegram,
  type TelegramCore,
} from '../../../src/sim/telegram/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';

export const BOT_TOKEN = '7000001:AAH0123456789abcdefghijklmnopqrstuv';

export function makeCore(): { core: TelegramCore; clock: ManualClock } {
  const clock = new ManualClock();
  const users = DEMO_USERS;
  return { core: createTelegram({ clock, botToken: BOT_TOKEN, users }), clock };
}

export function startServer(
  options: { port?: number; marketUrl?: string; clock?: ManualClock } = {},
): Promise<RunningTelegram> {
  return startTelegram({
    port: options.port ?? 0,
    botToken: BOT_TOKEN,
    clock: options.clock ?? systemClock,
    log: createLogger({ level: 'silent', secrets: [] }),
    ...(options.marketUrl === undefined ? {} : { marketUrl: options.marketUrl }),
  });
}

/** The result of a call that must succeed. */
export async function result<T = { message_id: number }>(
  core: TelegramCore,
  method: string,
  payload: object = {},
): Promise<T> {
  const reply = await core.dispatch(method, { ...payload });
  if (!reply.ok) throw new Error(`${method}: ${reply.error_code} ${reply.description}`);
  return reply.result as T;
}

/** Code and description of a call that must be refused. */
export async function refusal(
  core: TelegramCore,
  method: string,
  payload: object = {},
): Promise<string> {
  const reply = await core.dispatch(method, { ...payload });
  return reply.ok ? 'accepted' : `${reply.error_code} ${reply.description}`;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** A request with any headers, also those that `fetch` does not let one set. */
export function http(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {} } = options;
    const call = request(url, { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    call.on('error', reject);
    call.end(options.body);
  });
}

export function postJson(
  url: string,
  value: unknown,
  headers: Record<string, string> = {},
): Promise<HttpAnswer> {
  const all = { 'content-type': 'application/json', ...headers };
  return http(url, { method: 'POST', headers: all, body: JSON.stringify(value) });
}

/** Waits on real time for something that another connection brings about. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 500; i += 1) {
    if (condition()) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
  throw new Error(`waited 5 s in vain for: ${what}`);
}

/** A true picture of one pixel. */
export const PIXEL = Buffer.from(
  [
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk',
    '+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  ].join(''),
  'base64',
);
