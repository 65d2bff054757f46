/** What `/sim/` takes. */
import { z } from 'zod';
import { FAULT_NAMES } from '../faults.ts';

const COUNT_MAX = 100_000;
const SECONDS_MAX = 86_400;
const POSITIONS_MAX = 1_000;
const USD_MAX = 50_000_000;

const text = z.string().min(1).max(100);
const whole = z.coerce.number().int().nonnegative();

export const logQuerySchema = z.strictObject({
  /** Only entries with a higher sequence number. */
  since: whole.default(0),
  /** Only entries whose path contains this. */
  path: z.string().max(200).default(''),
  limit: whole.max(20_000).default(20_000),
});

export const shockSchema = z.strictObject({
  symbol: text,
  /** Percent, above −100. */
  pct: z.number().gt(-100).max(1_000),
  /** Real seconds over which the push is spread. */
  seconds: z.number().nonnegative().max(SECONDS_MAX).default(0),
});

export const faultSchema = z
  .strictObject({
    kind: z.enum([...FAULT_NAMES, 'none']),
    count: z.number().int().positive().max(COUNT_MAX).optional(),
    seconds: z.number().positive().max(SECONDS_MAX).optional(),
    path: text.optional(),
    ms: z.number().positive().max(600_000).optional(),
  })
  .refine(({ count, seconds }) => count === undefined || seconds === undefined, {
    message: 'expected count or seconds, not both',
  });

const usd = z.number().nonnegative().max(USD_MAX);

const positionSchema = z.strictObject({
  symbol: text,
  /** Base units, negative for a short. */
  amount: z.number().refine((amount) => amount !== 0, 'expected an amount other than 0'),
  /** The mark when left out. */
  entryPrice: z.number().positive().optional(),
  /** Either this or `leverage`; leverage 10 when both are left out. */
  collateral: usd.positive().optional(),
  leverage: z.number().min(0.1).max(100).optional(),
});

export const bookSchema = z.strictObject({
  positions: z.array(positionSchema).max(POSITIONS_MAX),
  /** Free balance in USD; stays what it is when left out. */
  available: usd.optional(),
});
