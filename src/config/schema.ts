/** The configuration file: where to connect, whom to trust, and the balancer's settings. */
import { z } from 'zod';
import { Secret } from '../core/secret.ts';
import { balancerSettingsSchema } from '../systems/balancer/index.ts';
import { httpUrl, wsUrl } from './urls.ts';

const secret = z
  .string()
  .min(1, 'a non-empty text')
  .transform((value) => new Secret(value));

const port = z.number().int().min(0).max(65_535);

const bitfinexSchema = z.strictObject({
  api_key: secret,
  api_secret: secret,
  rest_url: httpUrl.default('https://api.bitfinex.com'),
  public_rest_url: httpUrl.default('https://api-pub.bitfinex.com'),
  ws_url: wsUrl.default('wss://api.bitfinex.com/ws/2'),
  public_ws_url: wsUrl.default('wss://api-pub.bitfinex.com/ws/2'),
  /** The derivatives wallet's currency; TESTUSDTF0 on a paper-trading account. */
  settle_currency: z
    .string()
    .regex(/^[A-Z]{3,10}F0$/, 'a currency like USTF0')
    .default('USTF0'),
});

const telegramSchema = z.strictObject({
  bot_token: secret.refine((token) => /^\d+:[\w-]{30,}$/.test(token.reveal()), {
    error: 'a token as BotFather gives it, like 123456789:AA…',
  }),
  /** Numeric user ids; left empty, the first owner pairs with a code from the terminal. */
  owner_ids: z.array(z.number().int().positive()).max(20).default([]),
  api_root: httpUrl.default('https://api.telegram.org'),
});

const scenario = z.enum(['calm', 'slide', 'crash', 'squeeze', 'whipsaw']);

export const simulatorSchema = z.strictObject({
  port: port.default(8788),
  seed: z.number().int().nonnegative().default(1),
  scenario: scenario.default('crash'),
  /** How many times faster than written the scenario goes, in market time. */
  pace: z.number().positive().max(100).default(1),
  /** Market time per real time. */
  speed: z.number().positive().max(10_000).default(60),
  positions: z.number().int().min(0).max(1_000).default(24),
  /** A folder of candle files to replay in place of the generated market. */
  candles_dir: z.string().min(1).optional(),
});

export const localChatSchema = z.strictObject({ port: port.default(8787) });

const storageSchema = z.strictObject({
  dir: z.string().min(1).default('data'),
  /** With less room on the disk of the data folder nothing is done, in megabytes. */
  min_free_mb: z.number().nonnegative().max(1e9).default(200),
});

const loggingSchema = z.strictObject({
  level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Logs go to standard error when left out. */
  file: z.string().min(1).optional(),
});

const connectionShape = {
  exchange: z.enum(['bitfinex', 'simulator']),
  chat: z.enum(['telegram', 'local']),
  bitfinex: bitfinexSchema.optional(),
  telegram: telegramSchema.optional(),
  simulator: simulatorSchema.prefault({}),
  local_chat: localChatSchema.prefault({}),
  storage: storageSchema.prefault({}),
  logging: loggingSchema.prefault({}),
};

/**
 * One flat document: connections beside the balancer's sections. A mode that needs a key fails
 * without one; nothing falls back to a simulation by itself.
 */
export const configSchema = z
  .strictObject({ ...connectionShape, ...balancerSettingsSchema.shape })
  .superRefine((config, context) => {
    if (config.exchange === 'bitfinex' && !config.bitfinex) {
      context.addIssue({
        code: 'custom',
        path: ['bitfinex', 'api_key'],
        message: 'an API key, because exchange is bitfinex',
      });
    }
    if (config.chat === 'telegram' && !config.telegram) {
      context.addIssue({
        code: 'custom',
        path: ['telegram', 'bot_token'],
        message: 'a bot token, because chat is telegram',
      });
    }
  })
  .transform((config) => {
    const { exchange, chat, bitfinex, telegram, simulator, ...rest } = config;
    const { local_chat, storage, logging, ...balancer } = rest;
    return {
      exchange,
      chat,
      bitfinex,
      telegram,
      simulator,
      local_chat,
      storage,
      logging,
      balancer,
    };
  });

export type Config = z.infer<typeof configSchema>;
