/** The whole service as a user meets it: real bot, engine and client against both simulators. */
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { type App, startApp } from '../../src/app.ts';
import { demoConfig } from '../../src/config/demo.ts';
import type { Config } from '../../src/config/schema.ts';
import { tempFolder } from '../support/temp-folder.ts';

const buttonSchema = z.object({ text: z.string(), data: z.string().optional() });
const messageSchema = z.object({
  id: z.number(),
  from: z.string(),
  text: z.string().nullish(),
  buttons: z.array(z.array(buttonSchema)),
  edited: z.boolean().nullish(),
});
export type Message = z.infer<typeof messageSchema>;

const alertSchema = z.object({ id: z.string(), text: z.string().nullish() });
const requestSchema = z.object({
  method: z.string(),
  path: z.string(),
  status: z.number().nullable(),
  body: z.unknown(),
});
export type LoggedRequest = z.infer<typeof requestSchema>;

export interface Rig {
  readonly app: App;
  readonly chatUrl: string;
  readonly exchangeUrl: string;
  say(text: string, user?: string): Promise<void>;
  tap(message: Message, button: RegExp, user?: string): Promise<void>;
  messages(user?: string): Promise<Message[]>;
  /** Waits for a message of the bot, the newest first, that the pattern fits. */
  hear(pattern: RegExp, options?: { withButton?: RegExp; after?: number }): Promise<Message>;
  alerts(): Promise<string[]>;
  writes(): Promise<LoggedRequest[]>;
  exchange(path: string, body?: object): Promise<unknown>;
}

export interface RigOptions {
  readonly scenario?: string;
  readonly positions?: number;
  readonly seed?: number;
  readonly speed?: number;
  readonly change?: (config: Config) => Config;
}

const PATIENCE_MS = 20_000;
const PAUSE_MS = 50;

export async function rig(options: RigOptions = {}): Promise<Rig> {
  const folder = tempFolder();
  const base = demoConfig(
    {
      DEMO_CHAT_PORT: '0',
      DEMO_EXCHANGE_PORT: '0',
      DEMO_SCENARIO: options.scenario ?? 'calm',
      DEMO_POSITIONS: String(options.positions ?? 24),
      DEMO_SEED: String(options.seed ?? 1),
      DEMO_SPEED: String(options.speed ?? 1),
    },
    folder,
  );
  const app = await startApp({
    config: options.change ? options.change(base) : base,
    version: 'test',
    pinnedDryRun: false,
    say: () => undefined,
    onFatal: (error) => {
      throw error;
    },
  });
  onTestFinished(() => app.stop('end of test'));
  return connect(app, app.chatUrl ?? '', app.exchangeUrl ?? '');
}

function connect(app: App, chatUrl: string, exchangeUrl: string): Rig {
  const chat = chatUrl.replace(/\/$/, '');
  const post = (url: string, body: object) => call(url, body);
  async function messages(user = 'owner'): Promise<Message[]> {
    return z.array(messageSchema).parse(await call(`${chat}/api/messages?user=${user}`));
  }
  return {
    app,
    chatUrl: chat,
    exchangeUrl,
    messages,
    say: async (text, user = 'owner') => {
      await post(`${chat}/api/send`, { user, text });
    },
    tap: async (message, button, user = 'owner') => {
      const found = message.buttons.flat().find(({ text }) => button.test(text));
      if (!found) throw new Error(`expected a button like ${button}, was ${show(message)}`);
      const body = { user, messageId: message.id, data: found.data };
      await post(`${chat}/api/tap`, body);
    },
    hear: (pattern, { withButton, after = 0 } = {}) =>
      until(`a message like ${pattern}`, async () => {
        const heard = (await messages()).filter(({ id, from }) => from === 'bot' && id > after);
        return heard.reverse().find((message) => {
          const hasButton =
            !withButton || message.buttons.flat().some(({ text }) => withButton.test(text));
          return hasButton && pattern.test(message.text ?? '');
        });
      }),
    alerts: async () => {
      const list = z.array(alertSchema).parse(await call(`${chat}/api/alerts`));
      return list.map(({ text }) => text ?? '');
    },
    writes: async () => {
      const log = z.array(requestSchema).parse(await call(`${exchangeUrl}/sim/log`));
      return log.filter(({ path }) => path.includes('/auth/w/'));
    },
    exchange: (path, body) => call(`${exchangeUrl}${path}`, body),
  };
}

/** Asks again until there is an answer; the only waiting in these tests, and bounded. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const found = await ask();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`expected ${what} within ${PATIENCE_MS} ms`);
}

async function call(url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, {
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    headers: { 'content-type': 'application/json' },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`expected 200 of ${url}, was ${response.status}: ${text}`);
  return JSON.parse(text);
}

function show(message: Message): string {
  return JSON.stringify(message.buttons);
}
