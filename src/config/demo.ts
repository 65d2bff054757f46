/** The demo's configuration: everything simulated, adjusted by `DEMO_…` variables. */
import { z } from 'zod';
import { ConfigError } from './errors.ts';
import { expectation } from './problems.ts';
import { type Config, configSchema } from './schema.ts';
import { shownValue } from './shown.ts';
import type { Environment } from './substitute.ts';

const whole = z.coerce.number().int();

const demoSchema = z.object({
  DEMO_CHAT_PORT: whole.min(0).max(65_535).default(8787),
  DEMO_EXCHANGE_PORT: whole.min(0).max(65_535).default(8788),
  DEMO_SEED: whole.nonnegative().default(1),
  DEMO_SCENARIO: z.enum(['calm', 'slide', 'crash', 'squeeze', 'whipsaw']).default('crash'),
  DEMO_SPEED: z.coerce.number().positive().max(10_000).default(10),
  DEMO_POSITIONS: whole.min(0).max(1_000).default(24),
  DEMO_DATA_DIR: z.string().min(1).optional(),
  DEMO_CANDLES: z.string().min(1).optional(),
});

/**
 * The story of a scenario is told in a minute or two, while prices run only ten times as fast as
 * real ones: cool-downs and limits of writes count by the real clock.
 */
const STORY_PACE = 4;

/** The only user of the demo's chat that the bot knows. */
export const DEMO_OWNER_ID = 1001;

/**
 * @param fallbackDir where the demo keeps its data when `DEMO_DATA_DIR` does not say.
 * @throws ConfigError naming the variable, what was expected and what it was.
 */
export function demoConfig(environment: Environment, fallbackDir: string): Config {
  const set = Object.entries(environment).filter(
    ([name, value]) => name.startsWith('DEMO_') && value !== undefined && value !== '',
  );
  const parsed = demoSchema.safeParse(Object.fromEntries(set));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0] ?? 'DEMO_…');
      return `${name}: expected ${expectation(issue)}, was ${shownValue(environment[name])}`;
    });
    throw new ConfigError(problems.join('\n'));
  }
  const demo = parsed.data;
  const dir = demo.DEMO_DATA_DIR ?? fallbackDir;
  return configSchema.parse({
    exchange: 'simulator',
    chat: 'local',
    simulator: {
      port: demo.DEMO_EXCHANGE_PORT,
      seed: demo.DEMO_SEED,
      scenario: demo.DEMO_SCENARIO,
      speed: demo.DEMO_SPEED,
      pace: STORY_PACE,
      positions: demo.DEMO_POSITIONS,
      ...(demo.DEMO_CANDLES === undefined ? {} : { candles_dir: demo.DEMO_CANDLES }),
    },
    local_chat: { port: demo.DEMO_CHAT_PORT },
    storage: { dir },
    logging: { level: 'info', file: `${dir}/ballast.log` },
    monitor: { poll_interval_sec: 30 },
    // Nothing real can be touched here, so the demo acts at once; it asks before it closes.
    // Plans come while there is still something to save: 5 × 0.5 % is above the emergency rate.
    liquidation: {
      ...{ dry_run: false, require_confirmation: true, safety_margin_multiplier: 5 },
      // As many of the market's own minutes as usual: the rule counts by the real clock.
      fall_minutes: Math.min(3, 3 / (demo.DEMO_SPEED * STORY_PACE)),
    },
  });
}
