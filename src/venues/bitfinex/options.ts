import { z } from 'zod';
import { BallastError } from '../../core/errors.ts';
import type { Secret } from '../../core/secret.ts';
import type { Clock, Random } from '../../ports/clock.ts';
import type { Counter } from '../../ports/counter.ts';
import type { Logger } from '../../ports/logger.ts';
import type { RetryOptions } from './reader.ts';
import type { Transport } from './transport.ts';

export interface BitfinexOptions {
  readonly apiKey: Secret;
  readonly apiSecret: Secret;
  /** Base URLs, such as `https://api.bitfinex.com`; paths `/v2/…` are appended. */
  readonly restUrl: string;
  readonly publicRestUrl: string;
  /** Full WebSocket URLs, such as `wss://api.bitfinex.com/ws/2`. */
  readonly wsUrl: string;
  readonly publicWsUrl: string;
  /** The derivatives wallet's currency; `TESTUSDTF0` on a paper-trading account. */
  readonly settleCurrency?: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** Keeps nonces rising across restarts. */
  readonly counter: Counter;
  /** Deadline of one request. */
  readonly timeoutMs?: number;
  readonly retry?: Partial<RetryOptions>;
  /** New public connections a minute; the venue blocks an address beyond 20. */
  readonly publicConnectionsPerMinute?: number;
  /** Writes that an earlier run began within the last minute; null when there was none. */
  readonly earlierWrites?: number | null;
  /** How many times the documented requests a minute: for a simulated market that runs faster. */
  readonly limitFactor?: number;
  /** The network unless a simulation brings another. */
  readonly transport?: Transport;
}

const httpUrl = z.url({ protocol: /^https?$/ });
const wsUrl = z.url({ protocol: /^wss?$/ });

const numbersSchema = z.object({
  restUrl: httpUrl,
  publicRestUrl: httpUrl,
  wsUrl,
  publicWsUrl: wsUrl,
  settleCurrency: z
    .string()
    .regex(/^[A-Z0-9]{1,20}$/)
    .default('USTF0'),
  timeoutMs: z.number().int().min(100).max(60_000).default(10_000),
  publicConnectionsPerMinute: z.number().int().min(1).max(1_000).default(16),
  limitFactor: z.number().min(1).max(100).default(1),
  retry: z
    .object({
      attempts: z.number().int().min(1).max(20).default(10),
      baseMs: z.number().min(1).max(10_000).default(250),
      maxMs: z.number().min(1).max(120_000).default(20_000),
    })
    .prefault({}),
});

export type BitfinexNumbers = z.infer<typeof numbersSchema>;

/** Merges options with defaults. @throws BallastError naming the option and what was expected. */
export function checkOptions(options: BitfinexOptions): BitfinexNumbers {
  const read = numbersSchema.safeParse(options);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new BallastError(`Bitfinex option ${issue?.path.join('.')}: ${issue?.message}`);
}
