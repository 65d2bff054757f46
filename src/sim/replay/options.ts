/** The command line of a replay. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { BallastError } from '../../core/errors.ts';
import { POLICIES, type Policy } from './policies.ts';
import { BIASES, type Bias } from './portfolio.ts';

/** Arguments that cannot be used: what was expected and what was given. */
export class ReplayUsageError extends BallastError {}

export interface ReplayOptions {
  readonly candles: string | null;
  readonly windows: readonly string[];
  readonly policies: readonly Policy[];
  readonly portfolios: number;
  readonly leverages: readonly number[];
  readonly biases: readonly Bias[];
  readonly latencyMs: number;
  readonly writesPerMinute: number;
  readonly serial: boolean;
  readonly deleverage: boolean;
  /** Count liquidations that a plan that was allowed would have prevented. */
  readonly oracle: boolean;
  readonly pessimistic: boolean;
  /** What the policy `harvest` does with locked profit. */
  readonly roll: boolean;
  readonly seed: number;
  readonly workers: number;
  readonly json: boolean;
  readonly chart: string | null;
  /** Show the last minutes of up to this many portfolios that the ceiling says could live. */
  readonly deaths: number;
}

export const REPLAY_USAGE = `Usage: replay [options]
  --candles DIR            recorded candles; without it the seeded market's crash scenarios
  --window NAME            only this window, such as 2021-05-17_2021-05-20; may be repeated
  --policy NAME            ${POLICIES.join(', ')} or all; may be repeated (all)
  --portfolios N           per window, leverage and bias (200)
  --leverage LIST          (3,5,8,12,20)
  --bias NAME              ${BIASES.join(', ')}; may be repeated (mixed)
  --latency-ms N           from the decision to its effect (250)
  --writes-per-minute N    (90)
  --serial                 one write after the other, as with one lane of nonces
  --deleverage             reduce positions when the account is short, and beside it a cross
                           account under the same rule (cross_deleveraged)
  --oracle                 with --deleverage: count the liquidations that a plan would have
                           prevented (asked for + earlier / all; slow)
  --harvest MODE           reduce or roll: what the policy harvest does (roll)
  --pessimistic            unrealised profit does not lower the least collateral
  --seed N                 (1)
  --workers N              threads (all cores)
  --deaths N               show the last minutes of N portfolios the ceiling says could live
  --chart FILE.png         matched survival over leverage, one line per policy
  --json                   rows for programs`;

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'a whole number')
    .transform(Number)
    .pipe(z.number().min(min).max(max));

const schema = z.strictObject({
  candles: z.string().min(1).optional(),
  window: z.array(z.string().min(1).max(80)).default([]),
  policy: z.array(z.enum([...POLICIES, 'all'])).default(['all']),
  portfolios: whole(1, 100_000).default(200),
  leverage: z
    .string()
    .transform((list) => list.split(',').map((text) => Number(text.trim())))
    .pipe(z.array(z.number().min(1).max(100)).min(1).max(50))
    .default([3, 5, 8, 12, 20]),
  bias: z.array(z.enum(BIASES)).default(['mixed']),
  'latency-ms': whole(0, 600_000).default(250),
  'writes-per-minute': whole(1, 10_000).default(90),
  serial: z.boolean().default(false),
  deleverage: z.boolean().default(false),
  oracle: z.boolean().default(false),
  harvest: z.enum(['reduce', 'roll']).default('roll'),
  pessimistic: z.boolean().default(false),
  seed: whole(0, 999_999_999).default(1),
  workers: whole(1, 256).optional(),
  deaths: whole(0, 100).default(0),
  chart: z
    .string()
    .regex(/\.png$/, 'a file name that ends in .png')
    .optional(),
  json: z.boolean().default(false),
});

const FLAGS = {
  candles: { type: 'string' },
  window: { type: 'string', multiple: true },
  policy: { type: 'string', multiple: true },
  portfolios: { type: 'string' },
  leverage: { type: 'string' },
  bias: { type: 'string', multiple: true },
  'latency-ms': { type: 'string' },
  'writes-per-minute': { type: 'string' },
  serial: { type: 'boolean' },
  deleverage: { type: 'boolean' },
  oracle: { type: 'boolean' },
  harvest: { type: 'string' },
  pessimistic: { type: 'boolean' },
  seed: { type: 'string' },
  workers: { type: 'string' },
  deaths: { type: 'string' },
  chart: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * @param cores used where the number of workers is not given
 * @returns null when help is asked for
 * @throws ReplayUsageError naming the option.
 */
export function replayOptions(args: readonly string[], cores: number): ReplayOptions | null {
  const { help, ...given } = flagsOf(args);
  if (help) return null;
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(
      ({ path, message }) => `--${path.join('.')}: ${message}`,
    );
    throw new ReplayUsageError(issues.join('; '));
  }
  const { data } = parsed;
  return {
    candles: data.candles ?? null,
    windows: [...new Set(data.window)],
    policies: policiesOf(data.policy, data.deleverage),
    portfolios: data.portfolios,
    leverages: [...new Set(data.leverage)],
    biases: [...new Set(data.bias)],
    latencyMs: data['latency-ms'],
    writesPerMinute: data['writes-per-minute'],
    serial: data.serial,
    deleverage: data.deleverage,
    oracle: data.oracle,
    pessimistic: data.pessimistic,
    roll: data.harvest === 'roll',
    seed: data.seed,
    workers: data.workers ?? cores,
    json: data.json,
    chart: data.chart ?? null,
    deaths: data.deaths,
  };
}

/** `all` has the cross account that reduces where the others reduce too. */
function policiesOf(names: readonly (Policy | 'all')[], deleverage: boolean): Policy[] {
  const isOfAll = (policy: Policy) => deleverage || policy !== 'cross_deleveraged';
  return POLICIES.filter(
    (policy) => names.includes(policy) || (names.includes('all') && isOfAll(policy)),
  );
}

function flagsOf(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS, strict: true }).values;
  } catch (error) {
    throw new ReplayUsageError(error instanceof Error ? error.message : String(error));
  }
}
