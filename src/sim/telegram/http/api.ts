/** The HTTP interface for automation and for the page: `/api/…`. */
import { z } from 'zod';
import type { TelegramCore } from '../core/core.ts';
import { chatState } from './chat-state.ts';
import type { MarketCall } from './market.ts';
import { messageView, messageViews } from './message-view.ts';
import { HttpRefusal } from './respond.ts';

export interface ApiContext {
  readonly core: TelegramCore;
  readonly market: MarketCall;
}

export interface ApiAnswer {
  readonly status: number;
  /** A value to send as JSON, or text that is JSON already. */
  readonly value?: unknown;
  readonly raw?: string;
}

type Get = (context: ApiContext, query: URLSearchParams) => ApiAnswer | Promise<ApiAnswer>;
type Post = (context: ApiContext, body: unknown) => ApiAnswer | Promise<ApiAnswer>;

const user = z.string().default('owner');
const SEND = z.object({ user, text: z.string(), replyTo: z.number().int().optional() });
const FILE = z.object({
  user,
  name: z.string().min(1).max(120),
  /** The bytes in base64. */
  content: z.base64().max(60_000),
});
const TAP = z.object({ user, messageId: z.number().int(), data: z.string() });
const USER = z.object({
  user,
  language: z.enum(['en', 'zh-hans', 'zh-hant', 'ko']).optional(),
  blocked: z.boolean().optional(),
});
const SHOCK = z.object({
  symbol: z.string().min(1).default('*'),
  pct: z.number().min(-99).max(1000),
  seconds: z.number().min(0).max(3600).default(0),
});
const FAULT = z
  .object({
    kind: z.string().min(1),
    count: z.number().int().min(1).max(100_000).optional(),
    seconds: z.number().min(0).max(86_400).optional(),
  })
  .loose();

export const GETS: ReadonlyMap<string, Get> = new Map<string, Get>([
  ['/api/messages', ({ core }, query) => ok(messageViews(core, userOf(core, query)))],
  ['/api/alerts', ({ core }, query) => ok(alerts(core, query))],
  ['/api/commands', ({ core }, query) => ok(core.commands(userOf(core, query)))],
  ['/api/state', ({ core }, query) => ok(chatState(core, userOf(core, query)))],
  ['/api/calls', ({ core }) => ok(core.calls().slice(-200))],
  ['/api/transcript', ({ core }) => ok(core.transcript())],
  ['/api/market', async ({ market }) => relay(await market('GET', '/sim/state'))],
]);

export const POSTS: ReadonlyMap<string, Post> = new Map<string, Post>([
  ['/api/send', sendText],
  ['/api/file', sendFile],
  ['/api/tap', tapButton],
  ['/api/user', changeUser],
  [
    '/api/shock',
    async ({ market }, body) => relay(await market('POST', '/sim/shock', parse(SHOCK, body))),
  ],
  [
    '/api/fault',
    async ({ market }, body) => relay(await market('POST', '/sim/fault', parse(FAULT, body))),
  ],
]);

function sendText({ core }: ApiContext, body: unknown): ApiAnswer {
  const args = parse(SEND, body);
  const replyTo = args.replyTo === undefined ? {} : { replyTo: args.replyTo };
  const message = core.say(known(core, args.user), args.text, replyTo);
  return ok(messageView(core, args.user, message.message_id));
}

function sendFile({ core }: ApiContext, body: unknown): ApiAnswer {
  const args = parse(FILE, body);
  const bytes = Buffer.from(args.content, 'base64');
  const message = core.sendFile(known(core, args.user), args.name, bytes);
  return ok(messageView(core, args.user, message.message_id));
}

function tapButton({ core }: ApiContext, body: unknown): ApiAnswer {
  const args = parse(TAP, body);
  const tap = core.tap(known(core, args.user), args.messageId, args.data);
  return ok({ id: tap.id, messageId: tap.messageId, data: tap.data });
}

function changeUser({ core }: ApiContext, body: unknown): ApiAnswer {
  const args = parse(USER, body);
  const who = known(core, args.user);
  if (args.language !== undefined) core.setLanguage(who, args.language);
  if (args.blocked !== undefined) core.block(who, args.blocked);
  return ok(core.users().find(({ key }) => key === who));
}

function alerts(core: TelegramCore, query: URLSearchParams): readonly object[] {
  const id = query.has('user') ? core.userId(userOf(core, query)) : undefined;
  return core
    .answers()
    .filter((answer) => id === undefined || answer.userId === id)
    .map((answer) => ({
      id: answer.id,
      text: answer.text,
      alert: answer.alert,
      at: answer.at,
      user: core.keyOf(answer.userId),
      messageId: answer.messageId,
      data: answer.data,
    }));
}

function userOf(core: TelegramCore, query: URLSearchParams): string {
  return known(core, query.get('user') ?? 'owner');
}

function known(core: TelegramCore, key: string): string {
  const keys = core.users().map((entry) => entry.key);
  if (keys.includes(key)) return key;
  throw new HttpRefusal(400, `user must be one of ${keys.join(', ')}, was "${key}"`);
}

function parse<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`,
  );
  throw new HttpRefusal(400, issues.join('; '));
}

function ok(value: unknown): ApiAnswer {
  return { status: 200, value };
}

function relay({ status, body }: { status: number; body: string }): ApiAnswer {
  return { status, raw: body };
}
